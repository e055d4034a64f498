import type { TimeEntryReply } from '../../api/schemas/timeEntry.ts'
import type { Target } from '../access/target.ts'
import { Failure } from '../failure.ts'
import type { Records } from '../ports.ts'
import type { Outcome } from '../useCase.ts'
import { existing } from './change.ts'
import { valueAt } from './paths.ts'
import { aboutTask, type Task, type TimeEntry } from './task.ts'
import type { TaskParams } from './taskCase.ts'

/** Whoever has time on a task may end and correct it, also when no longer assigned. */
export const aboutTime = (task: Task | undefined): Target => {
  const { owners = [], ...place } = aboutTask(existing(task))
  const timed = Object.values(existing(task).timeEntries).map(({ userId }) => userId)
  return { ...place, owners: [...owners, ...timed] }
}

const prefix = 'timeEntries/'

/** The entry that a version wrote, as it was then: of the task itself, or of the history once it has moved on. */
const entryOf = async (task: Task, version: number, records: Records): Promise<TimeEntryReply> => {
  const isEntry = (path: string) => path.startsWith(prefix)
  const reply = (path: string, entry: TimeEntry) => ({
    ...entry,
    id: path.slice(prefix.length),
    taskId: task.id,
  })
  const present = Object.keys(task.fieldVersions).find(
    (path) => isEntry(path) && task.fieldVersions[path] === version,
  )
  if (present !== undefined) return reply(present, valueAt(task, present) as TimeEntry)
  const [event] = await records.changesFrom(task.workspaceId, task.id, version)
  const change = event?.taskVersion === version && event.changes.find(({ field }) => isEntry(field))
  // The history has not caught up: to whoever repeats a request, its first run is still under way.
  if (!change) throw new Failure('in-progress')
  return reply(change.field, change.to as TimeEntry)
}

/** The entry that the task's version wrote. */
export const answerEntry = async (
  task: Task,
  version: number,
  records: Records,
): Promise<Outcome<TimeEntryReply>> => ({ body: await entryOf(task, version, records), version })

/** The same for one that was made. */
export const answerNew = (
  outcome: Outcome<TimeEntryReply>,
  { workspaceId, taskId }: TaskParams,
): Outcome<TimeEntryReply> => ({
  ...outcome,
  location: `/v1/workspaces/${workspaceId}/tasks/${taskId}/time-entries/${outcome.body.id}`,
})
