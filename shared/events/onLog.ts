import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { allSettled } from '../domain/allSettled.ts'
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

/**
 * Handler of the second reader of the stream. What cannot be read does not split up the batch: followers take their time
 * for each, and would not be done with many.
 */
export const onLog = (followers: readonly Follower[]) => {
  const take = async (records: readonly DynamoDBRecord[]): Promise<void> => {
    const followed = followedIn(records)
    await allSettled(followers.map((follow) => follow(followed)))
  }
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
