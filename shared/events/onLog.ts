import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import type { Follower } from '../domain/pipeline/followed.ts'
import { batchOrEach } from './eachRecord.ts'
import { followedIn } from './followed.ts'

/** Tells every follower, whatever becomes of the others; then throws what the first could not do. */
const tellAll = async (followers: readonly Follower[], followed: Parameters<Follower>[0]): Promise<void> => {
  const told = await Promise.allSettled(followers.map((follow) => follow(followed)))
  const failed = told.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** Handler of the second reader of the stream. */
export const onLog =
  (followers: readonly Follower[]) =>
  ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    batchOrEach(Records, (records) => tellAll(followers, followedIn(records)))
