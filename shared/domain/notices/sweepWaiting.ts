import { stages, type WaitingIndex, type WaitingMail, type WaitingQueue } from './waiting.ts'

export interface SweepWaitingWorld {
  readonly index: WaitingIndex
  readonly queue: WaitingQueue
}

/** First the messages, then out of the index, so that a crash in between repeats and never loses. */
const handOn = async (mails: readonly WaitingMail[], { index, queue }: SweepWaitingWorld): Promise<void> => {
  const messages = mails
    .filter(({ stage }) => stage === stages.open)
    .map(({ workspaceId, userId, at }) => ({ kind: 'waiting' as const, workspaceId, userId, at }))
  if (messages.length > 0) await queue.send(messages)
  await Promise.all(mails.map(index.handedOn))
}

const sweepShard = async (shard: string, now: string, world: SweepWaitingWorld): Promise<number> => {
  let count = 0
  let after: string | undefined
  do {
    const { mails, next } = await world.index.due(shard, now, after)
    await handOn(mails, world)
    count += mails.length
    after = next
  } while (after !== undefined)
  return count
}

/**
 * Hands every mail to the queue whose time has come, however late. `now` is RFC 3339. Answers how many there were. A
 * shard that fails does not stop the others, but fails the sweep.
 */
export const sweepWaiting = async (now: string, world: SweepWaitingWorld): Promise<number> => {
  const shards = await Promise.allSettled(world.index.shards.map((shard) => sweepShard(shard, now, world)))
  const failed = shards.find((shard) => shard.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return shards.reduce((sum, shard) => sum + (shard.status === 'fulfilled' ? shard.value : 0), 0)
}
