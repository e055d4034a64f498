import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { NoticeQueue } from '../notices/ledger.ts'
import { dealWithDue } from '../pipeline/duePages.ts'
import { type DigestPlan, movedOn, owedBy, type Summary } from './plan.ts'
import type { DueDigests } from './ports.ts'

export interface DigestSweepWorld {
  readonly digests: DueDigests
  readonly queue: NoticeQueue
}

const messageOf = ({ workspaceId, userId }: DigestPlan, { kind, date, at }: Summary): NoticeMessage => ({
  kind,
  workspaceId,
  userId,
  date,
  at,
})

/**
 * Hands the summaries that are due at an instant (RFC 3339) to the queue, then moves each person to the next one.
 * Answers how many people that were.
 */
export const sweepDigests = (now: string, { digests, queue }: DigestSweepWorld): Promise<number> =>
  dealWithDue(
    digests.shards,
    (shard, after) => digests.due(shard, now, after),
    async (plans) => {
      // The index trails the table: what has moved on already is not due any more.
      const due = plans
        .filter(({ at }) => at !== null && at <= now)
        .map((plan) => ({ plan, owed: owedBy(plan, now) }))
      const messages = due.flatMap(({ plan, owed }) => owed.map((one) => messageOf(plan, one)))
      if (messages.length > 0) await queue.send(messages)
      await Promise.all(due.map(({ plan, owed }) => digests.replace(movedOn(plan, owed, now))))
      return due.length
    },
  )
