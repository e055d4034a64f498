import type { CommentEvent, CommentRecords, Event, HistoryPlace, Slice, Stores } from '../ports.ts'
import type { Ask } from '../useCase.ts'
import type { Task } from './task.ts'
import type { TaskParams } from './taskCase.ts'

/** What the routes of a task's history work with. */
export interface HistoryWorld extends Pick<Stores, 'tasks' | 'records'> {
  readonly commentRecords: CommentRecords
}

/** A place as part of a cursor. */
export const writtenPlace = ({ version, sequence }: HistoryPlace): string => `${version}#${sequence}`

const placeFrom = (text: string): HistoryPlace => {
  const [version, sequence] = text.split('#')
  return { version: Number(version), sequence: Number(sequence) }
}

/** Above everything. */
const top: HistoryPlace = { version: Number.POSITIVE_INFINITY, sequence: Number.POSITIVE_INFINITY }

/** Above everything is no bound. */
const finite = (bound: number): number | undefined => (Number.isFinite(bound) ? bound : undefined)

/** What happened to a task and to its comments, newest first, each kind by itself. */
export interface HistoryPages {
  readonly task: Task | undefined
  /** What both pages lie below. */
  readonly above: HistoryPlace
  readonly changes: Slice<Event>
  readonly comments: Slice<CommentEvent>
}

/** Reads a page of each kind, in one turn. */
export const historyPages = async (
  { params: { workspaceId, taskId }, position }: Ask<TaskParams>,
  limit: number,
  { tasks, records, commentRecords }: HistoryWorld,
): Promise<HistoryPages> => {
  const above = position === undefined ? top : placeFrom(position)
  const [task, changes, comments] = await Promise.all([
    tasks.task(workspaceId, taskId),
    records.history(workspaceId, taskId, limit, finite(above.version)),
    commentRecords.commentHistory(workspaceId, taskId, limit, finite(above.sequence)),
  ])
  return { task, above, changes, comments }
}
