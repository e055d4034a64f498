import type { AttributeValue, _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord, AttributeValue as EventValue } from 'aws-lambda'

/** A record as the streams API gives it, as a Lambda event carries it: binary in base64, time in seconds. */
export function toEventRecord(record: SdkRecord, streamArn: string): DynamoDBRecord {
  const { Keys, NewImage, OldImage, ApproximateCreationDateTime, SequenceNumber, SizeBytes, StreamViewType } =
    record.dynamodb ?? {}
  return {
    eventID: String(record.eventID),
    eventName: record.eventName as 'INSERT' | 'MODIFY' | 'REMOVE',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: String(record.awsRegion),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      SequenceNumber: String(SequenceNumber),
      SizeBytes: SizeBytes ?? 0,
      ...(Keys && { Keys: toEventImage(Keys) }),
      ...(NewImage && { NewImage: toEventImage(NewImage) }),
      ...(OldImage && { OldImage: toEventImage(OldImage) }),
      ...(StreamViewType && { StreamViewType: StreamViewType as 'NEW_AND_OLD_IMAGES' }),
    },
    eventSourceARN: streamArn,
    ...(record.userIdentity && {
      userIdentity: { type: record.userIdentity.Type, principalId: record.userIdentity.PrincipalId },
    }),
  }
}

type Image = Record<string, EventValue>

const toEventImage = (image: Record<string, AttributeValue>): Image =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, toEventValue(value)]))

function toEventValue(value: AttributeValue): EventValue {
  if (value.B !== undefined) return { B: base64(value.B) }
  if (value.BS !== undefined) return { BS: value.BS.map(base64) }
  if (value.L !== undefined) return { L: value.L.map(toEventValue) }
  if (value.M !== undefined) return { M: toEventImage(value.M) }
  return value as EventValue
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export const sequenceNumberOf = (record: DynamoDBRecord): string => String(record.dynamodb?.SequenceNumber)
