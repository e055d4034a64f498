import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { Follower } from '../domain/pipeline/followed.ts'
import { batchOrEach } from './eachRecord.ts'
import { followedIn } from './followed.ts'

const isReadable = (records: readonly DynamoDBRecord[]): boolean => {
  try {
    followedIn(records)
    return true
  } catch {
    // Tried again by itself, it is named in the log and in the answer.
    return false
  }
}

/** Tells every follower, whatever becomes of the others; then throws what the first could not do. */
const tellAll = async (followers: readonly Follower[], followed: Parameters<Follower>[0]): Promise<void> => {
  const told = await Promise.allSettled(followers.map((follow) => follow(followed)))
  const failed = told.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/**
 * Handler of the second reader of the stream. What cannot be read does not split up the batch: followers take their time
 * for each, and would not be done with many.
 */
export const onLog = (followers: readonly Follower[]) => {
  const take = (records: readonly DynamoDBRecord[]) => tellAll(followers, followedIn(records))
  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    if (isReadable(Records)) return batchOrEach(Records, take)
    const torn = Records.filter((record) => !isReadable([record]))
    const replies = [
      await batchOrEach(
        Records.filter((record) => !torn.includes(record)),
        take,
      ),
      await batchOrEach(torn, take),
    ]
    const failed = new Set(
      replies.flatMap(({ batchItemFailures }) => batchItemFailures.map((one) => one.itemIdentifier)),
    )
    const first = Records.find(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber ?? ''))?.dynamodb
    return { batchItemFailures: first ? [{ itemIdentifier: first.SequenceNumber ?? '' }] : [] }
  }
}
