import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import {
  connectionPrefix,
  eventPrefix,
  memberPrefix,
  noticePrefix,
  personKey,
  sessionPrefix,
  tokenPrefix,
} from '../data/keys.ts'
import { decodeConnection } from '../data/stores/connections.ts'
import { decodeNotice } from '../data/stores/ledger.ts'
import { decodeLogged } from '../data/stores/log.ts'
import { personCodec, sessionCodec } from '../data/stores/peopleByKey.ts'
import { tokenCodec } from '../data/stores/tokens.ts'
import { memberCodec } from '../data/stores/workspacesByKey.ts'
import type { NumberedEvent } from '../domain/audit/event.ts'
import type { Followed, WorkspaceLog } from '../domain/pipeline/followed.ts'
import type { Change } from '../domain/pipeline/record.ts'
import type { Member } from '../domain/workspaces/workspace.ts'

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>

const decoded = <Entity>(image: Image | undefined, decode: (item: Record<string, unknown>) => Entity) =>
  image && decode(unmarshall(image as { [name: string]: AttributeValue }))

const changeIn = <Entity>(
  { dynamodb }: DynamoDBRecord,
  decode: (item: Record<string, unknown>) => Entity,
): Change<Entity> => {
  const before = decoded(dynamodb?.OldImage, decode)
  const after = decoded(dynamodb?.NewImage, decode)
  return { ...(before && { before }), ...(after && { after }) }
}

/** Each event once, by workspace, in the order of their numbers. */
const logsOf = (events: readonly NumberedEvent[]): WorkspaceLog[] =>
  [...Map.groupBy(events, ({ workspaceId }) => workspaceId)].map(([workspaceId, all]) => {
    const bySequence = new Map(all.map((event) => [event.sequence, event]))
    const inOrder = [...bySequence.values()].sort((one, other) => one.sequence - other.sequence)
    return { workspaceId, events: inOrder }
  })

/** Who is in a group stands under keys that begin alike. */
const ofMembers = (changes: readonly Change<Record<string, unknown>>[]): Change<Member>[] =>
  changes
    .filter(({ before, after }) => (after ?? before)?.itemType === 'member')
    .map(({ before, after }) => ({
      ...(before && { before: memberCodec.decode(before) }),
      ...(after && { after: memberCodec.decode(after) }),
    }))

/** What records of the stream mean to those who follow it. Throws on an item that cannot be decoded. */
export const followedIn = (records: readonly DynamoDBRecord[]): Followed => {
  const under = (prefix: string) =>
    records.filter(({ dynamodb }) => dynamodb?.Keys?.SK?.S?.startsWith(prefix) === true)
  const events = under(eventPrefix).flatMap((record) => changeIn(record, decodeLogged).after ?? [])
  const changes = <Entity>(prefix: string, decode: (item: Record<string, unknown>) => Entity) =>
    under(prefix).map((record) => changeIn(record, decode))
  return {
    logs: logsOf(events),
    notices: changes(noticePrefix, decodeNotice),
    sessions: changes(sessionPrefix, sessionCodec.decode),
    tokens: changes(tokenPrefix, tokenCodec.decode),
    people: changes(personKey('').SK, personCodec.decode),
    members: ofMembers(changes(memberPrefix, (item) => item)),
    connections: changes(connectionPrefix, decodeConnection),
  }
}
