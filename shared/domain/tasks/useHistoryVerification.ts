import type { TaskVerification } from '../../api/schemas/record.ts'
import { isIntact } from '../audit/chain.ts'
import type { CommentEvent, Event, HistoryPlace, Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { found } from './change.ts'
import { finite, type HistoryWorld, placeFrom, writtenPlace } from './historyPlace.ts'
import { aboutTask, type Task } from './task.ts'
import type { TaskParams } from './taskCase.ts'

/** Entries of each kind that one call looks at. */
const most = 100

interface Loaded {
  readonly task: Task | undefined
  readonly changes: Slice<Event>
  readonly comments: Slice<CommentEvent>
}

/** The number of the first change, newest first, that is not what was written, or below which a version is missing. */
const brokenChange = ({ items, more }: Slice<Event>, above: number): number | undefined => {
  let version = above
  for (const event of items) {
    const isNext = !Number.isFinite(version) || event.taskVersion === version - 1
    if (!isNext || !isIntact(event)) return event.sequence
    version = event.taskVersion
  }
  // A history begins with the first version.
  return !more && Number.isFinite(version) && version !== 1 ? (items.at(-1)?.sequence ?? 0) : undefined
}

const brokenComment = ({ items }: Slice<CommentEvent>, above: number): number | undefined => {
  const wrong = items.find(
    (event, index) => !isIntact(event) || event.sequence >= (items[index - 1]?.sequence ?? above),
  )
  return wrong?.sequence
}

const placeOf = (asked: string | undefined): HistoryPlace =>
  asked === undefined
    ? { version: Number.POSITIVE_INFINITY, sequence: Number.POSITIVE_INFINITY }
    : placeFrom(asked)

/**
 * Looks at every line that the history of a task has, newest first, call by call: each must be what its hash says, and
 * no version may be missing. Whether they are those of the log, the verification of the workspace says.
 */
export const verifyTaskHistory: UseCase<Ask<TaskParams>, HistoryWorld, Loaded, TaskVerification> = {
  load: async ({ params: { workspaceId, taskId }, position }, { tasks, records, commentRecords }) => {
    const before = placeOf(position)
    const [task, changes, comments] = await Promise.all([
      tasks.task(workspaceId, taskId),
      records.history(workspaceId, taskId, most, finite(before.version)),
      commentRecords.commentHistory(workspaceId, taskId, most, finite(before.sequence)),
    ])
    return { task, changes, comments }
  },
  about: ({ task }) => aboutTask(found(task)),
  run: async ({ ask }, { task, changes, comments }) => {
    const { version } = found(task)
    const above = placeOf(ask.position)
    const broken = brokenChange(changes, above.version) ?? brokenComment(comments, above.sequence)
    const isFirst = ask.position === undefined
    const next = {
      version: changes.items.at(-1)?.taskVersion ?? above.version,
      sequence: comments.items.at(-1)?.sequence ?? above.sequence,
    }
    return {
      body: {
        valid: broken === undefined,
        checked: changes.items.length + comments.items.length,
        ...(isFirst && { behind: version - (changes.items[0]?.taskVersion ?? 0) }),
        ...(broken !== undefined && { brokenAt: broken }),
      },
      nextPosition: broken === undefined && (changes.more || comments.more) ? writtenPlace(next) : undefined,
    }
  },
}
