import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { commentCodec } from '../data/stores/commentLines.ts'
import { deliveryCodec, replayCodec } from '../data/stores/deliveries.ts'
import { exportsCodec } from '../data/stores/exports.ts'
import { groupDeletionCodec } from '../data/stores/groups.ts'
import { decodeChunk, decodeListing, decodeProgress } from '../data/stores/jobs.ts'
import { personCodec, sessionCodec } from '../data/stores/peopleByKey.ts'
import { preferencesCodec } from '../data/stores/preferences.ts'
import { decodeTask } from '../data/stores/tasks.ts'
import { tokenCodec } from '../data/stores/tokens.ts'
import { webhookCodec } from '../data/stores/webhooks.ts'
import { departureCodec, invitationCodec } from '../data/stores/workspaces.ts'
import { groupCodec, memberCodec, workspaceCodec } from '../data/stores/workspacesByKey.ts'
import type { Record as Change } from '../domain/pipeline/record.ts'

type Image = { [name: string]: unknown } | undefined

const imageOf = (image: unknown): Image =>
  image === undefined ? undefined : unmarshall(image as { [name: string]: AttributeValue })

/** Both images decoded, whichever exist. */
const both = <Entity>(
  before: Image,
  after: Image,
  decode: (item: { [name: string]: unknown }) => Entity,
) => ({
  ...(before && { before: decode(before) }),
  ...(after && { after: decode(after) }),
})

/** The stream rounds the time of a write down to the second. */
const endOfSecond = ({ ApproximateCreationDateTime = 0 }: DynamoDBRecord['dynamodb'] = {}): string =>
  new Date(ApproximateCreationDateTime * 1000 + 999).toISOString()

/** A record of the stream as the domain knows it. Throws on an item that cannot be decoded: it is parked, not skipped. */
export const changeOf = ({ dynamodb }: DynamoDBRecord): Change => {
  const before = imageOf(dynamodb?.OldImage)
  const after = imageOf(dynamodb?.NewImage)
  switch ((after ?? before)?.itemType) {
    case 'task':
      return { kind: 'task', ...both(before, after, decodeTask) }
    case 'comment':
      return { kind: 'comment', ...both(before, after, commentCodec.decode) }
    case 'person':
      return { kind: 'person', ...both(before, after, personCodec.decode) }
    case 'session':
      return { kind: 'session', ...both(before, after, sessionCodec.decode) }
    case 'token':
      return { kind: 'token', ...both(before, after, tokenCodec.decode), by: endOfSecond(dynamodb) }
    case 'departure':
      return { kind: 'departure', ...both(before, after, departureCodec.decode) }
    case 'workspace':
      return { kind: 'workspace', ...both(before, after, workspaceCodec.decode) }
    case 'invitation':
      return { kind: 'invitation', ...both(before, after, invitationCodec.decode), by: endOfSecond(dynamodb) }
    case 'member':
      return { kind: 'member', ...both(before, after, memberCodec.decode), by: endOfSecond(dynamodb) }
    case 'preferences':
      return { kind: 'preferences', ...both(before, after, preferencesCodec.decode) }
    case 'exports':
      return { kind: 'exports', ...both(before, after, exportsCodec.decode) }
    case 'group':
      return { kind: 'group', ...both(before, after, groupCodec.decode) }
    case 'groupDeletion':
      return { kind: 'groupDeletion', ...both(before, after, groupDeletionCodec.decode) }
    case 'webhook':
      return { kind: 'webhook', ...both(before, after, webhookCodec.decode) }
    case 'delivery':
      return { kind: 'delivery', ...both(before, after, deliveryCodec.decode) }
    case 'replay':
      return { kind: 'replay', ...both(before, after, replayCodec.decode) }
    case 'jobChunk':
      return { kind: 'jobChunk', ...both(before, after, decodeChunk) }
    case 'jobListing':
      return { kind: 'jobListing', ...both(before, after, decodeListing) }
    case 'jobProgress':
      return { kind: 'jobProgress', ...both(before, after, decodeProgress) }
    default:
      return { kind: 'other' }
  }
}
