import type { Stores } from '../ports.ts'
import type { Ask } from '../useCase.ts'
import { change, existing } from './change.ts'
import { asOf, versionMadeBy, withMark } from './idempotency.ts'
import type { Task } from './task.ts'

type Decide = (present: Task) => Task | Promise<Task>

/**
 * Runs an action on a task, once for an Idempotency-Key: a repeated request finds its mark on the task and gets the
 * task as its first run left it.
 * @param decide returns its argument to change nothing, and throws to refuse
 * @param guard refuses states in which the task is no target of this action
 */
export const act = async (
  { mark }: Pick<Ask, 'mark'>,
  task: Task,
  decide: Decide,
  { tasks, records }: Pick<Stores, 'tasks' | 'records'>,
  guard: (task: Task | undefined) => Task = existing,
): Promise<Task> => {
  const marked = async (now: Task): Promise<Task> => {
    if (versionMadeBy(now, mark) !== undefined) return now
    const next = await decide(now)
    if (next === now && mark === null) return now
    // A request that changes nothing is known by its mark as well; nobody sees a change, so the version stays.
    return withMark(next === now ? { ...now, revision: now.revision + 1 } : next, mark)
  }
  const done = await change(task, marked, tasks, guard)
  const version = versionMadeBy(done, mark)
  return version === undefined ? done : asOf(done, version, records)
}
