import { type DuePage, dealWithDue } from '../pipeline/duePages.ts'
import type { Record } from '../pipeline/record.ts'
import type { Written } from '../ports.ts'
import { daysAfter } from '../time/daysAfter.ts'

/** What is done for each workspace once a day. */
const upkeepTasks = ['cleanUp', 'reconcileStatistics'] as const
export type UpkeepTask = (typeof upkeepTasks)[number]

/** When something is to be done for a workspace again. */
export interface Upkeep {
  readonly workspaceId: string
  readonly task: UpkeepTask
  readonly at: string
  readonly version: number
}

export interface Upkeeps {
  /** Does nothing where there is one. */
  begin(upkeep: Upkeep): Promise<void>
}

export interface DueUpkeeps {
  readonly shards: readonly string[]
  /** What is to be done at or before an instant, earliest first; a page of it, behind `after`. */
  due(shard: string, now: string, after?: string): Promise<DuePage<Upkeep>>
  /** Loses to any change since the version before. */
  replace(upkeep: Upkeep): Promise<Written<Upkeep>>
}

/** A workspace is looked after from a day after it was founded, or written for the first time since there is upkeep. */
export const followUpkeep = async (records: readonly Record[], upkeeps: Upkeeps): Promise<void> => {
  for (const record of records) {
    if (record.kind !== 'workspace' || record.after === undefined) continue
    const { id: workspaceId, updatedAt } = record.after
    const at = daysAfter(updatedAt, 1)
    for (const task of upkeepTasks) await upkeeps.begin({ workspaceId, task, at, version: 1 })
  }
}

/**
 * Does what is due for each workspace, then puts it off to the next day; or not at all when `work` says that there is
 * more to do: the next run goes on. Answers for how many workspaces. One that fails keeps its turn and fails the run,
 * but no other.
 */
export const lookAfter = (
  now: string,
  upkeeps: DueUpkeeps,
  work: (workspaceId: string) => Promise<boolean>,
): Promise<number> =>
  dealWithDue(
    upkeeps.shards,
    (shard, after) => upkeeps.due(shard, now, after),
    async (items) => {
      const due = items.filter(({ at }) => at <= now)
      const failures: unknown[] = []
      for (const upkeep of due) {
        try {
          if (await work(upkeep.workspaceId))
            await upkeeps.replace({ ...upkeep, at: daysAfter(now, 1), version: upkeep.version + 1 })
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
      return due.length
    },
  )
