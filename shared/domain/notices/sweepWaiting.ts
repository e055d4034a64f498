import { dealWithDue } from '../pipeline/duePages.ts'
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

/** Hands every mail to the queue whose time has come, however late. `now` is RFC 3339. Answers how many there were. */
export const sweepWaiting = (now: string, world: SweepWaitingWorld): Promise<number> =>
  dealWithDue(
    world.index.shards,
    (shard, after) => world.index.due(shard, now, after),
    async (mails) => {
      await handOn(mails, world)
      return mails.length
    },
  )
