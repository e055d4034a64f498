import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { eventPrefix, noticePrefix } from '../data/keys.ts'
import { decodeNotice } from '../data/stores/ledger.ts'
import { decodeLogged } from '../data/stores/log.ts'
import type { NumberedEvent } from '../domain/audit/event.ts'
import type { Followed, WorkspaceLog } from '../domain/pipeline/followed.ts'
import type { Change } from '../domain/pipeline/record.ts'

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

/** What records of the stream mean to those who follow it. Throws on an item that cannot be decoded. */
export const followedIn = (records: readonly DynamoDBRecord[]): Followed => {
  const under = (prefix: string) =>
    records.filter(({ dynamodb }) => dynamodb?.Keys?.SK?.S?.startsWith(prefix) === true)
  const events = under(eventPrefix).flatMap((record) => changeIn(record, decodeLogged).after ?? [])
  return {
    logs: logsOf(events),
    notices: under(noticePrefix).map((record) => changeIn(record, decodeNotice)),
  }
}
