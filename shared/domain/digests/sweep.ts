import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { NoticeQueue } from '../notices/ledger.ts'
import { dealWithDue } from '../pipeline/duePages.ts'
import type { Written } from '../ports.ts'
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

/** Over whatever was written meanwhile: somebody who moves their hour just then gets no second one of the day. */
const moveOn = async (
  { plan, owed }: { readonly plan: DigestPlan; readonly owed: readonly Summary[] },
  now: string,
  digests: DueDigests,
): Promise<void> => {
  for (let seen: DigestPlan | undefined = plan; seen !== undefined; ) {
    const written: Written<DigestPlan> = await digests.replace(movedOn(seen, owed, now))
    seen = written.won ? undefined : written.present
  }
}

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
      await Promise.all(due.map((one) => moveOn(one, now, digests)))
      return due.length
    },
  )
