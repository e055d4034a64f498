import { Failure } from '../failure.ts'
import type { Event, Records } from '../ports.ts'
import { derive } from './edit.ts'
import { withValue } from './paths.ts'
import type { RequestMark, Task } from './task.ts'

const marksKept = 10

/** Notes the request that made this version, so that its replay is known. */
export const withMark = (task: Task, mark: RequestMark | null): Task =>
  mark === null
    ? task
    : { ...task, marks: [...task.marks, { ...mark, version: task.version }].slice(-marksKept) }

/** The version that an earlier run of the same request made, if there was one. */
export const versionMadeBy = (task: Task, mark: RequestMark | null): number | undefined => {
  const made = mark === null ? undefined : task.marks.find(({ key }) => key === mark.key)
  if (made !== undefined && made.payload !== mark?.payload) throw new Failure('idempotency-mismatch')
  return made?.version
}

const isGapless = (events: readonly Event[], from: number, to: number): boolean =>
  events.length === to - from + 1 && events.every(({ taskVersion }, index) => taskVersion === from + index)

/**
 * The task as it was at an earlier version: later changes taken back, one by one, from the history.
 * While the history has not caught up the request counts as still running.
 */
export const asOf = async (task: Task, version: number, records: Records): Promise<Task> => {
  if (task.version === version) return task
  const events = await records.changesFrom(task.workspaceId, task.id, version)
  const [at] = events
  if (at === undefined || !isGapless(events, version, task.version)) throw new Failure('in-progress')
  const undone = events
    .slice(1)
    .reverse()
    .flatMap(({ changes }) => changes)
  const fields = undone.reduce((state, { field, from }) => withValue(state, field, from), task)
  return {
    ...fields,
    ...derive(fields, task.remindedUntil),
    version,
    updatedAt: at.at,
    updatedBy: at.by ?? task.createdBy,
    cause: at.cause,
    through: at.through ?? task.through,
  }
}
