import type { TaskVerification } from '../../api/schemas/record.ts'
import { isIntact } from '../audit/chain.ts'
import type { CommentEvent, Event, Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { found } from './change.ts'
import { type HistoryPages, type HistoryWorld, historyPages, writtenPlace } from './historyPlace.ts'
import { aboutTask } from './task.ts'
import type { TaskParams } from './taskCase.ts'

/** Entries of each kind that one call looks at. */
const most = 100

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

/**
 * Looks at every line that the history of a task has, newest first, call by call: each must be what its hash says, and
 * no version may be missing. Whether they are those of the log, the verification of the workspace says.
 */
export const verifyTaskHistory: UseCase<Ask<TaskParams>, HistoryWorld, HistoryPages, TaskVerification> = {
  load: (ask, world) => historyPages(ask, most, world),
  about: ({ task }) => aboutTask(found(task)),
  run: async ({ ask }, { task, above, changes, comments }) => {
    const { version } = found(task)
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
