import { Failure } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { type Editor, revise, trash } from './edit.ts'
import { mostEntries } from './limits.ts'
import { type Tracked, trackedFields, withValue } from './paths.ts'
import { fitting } from './size.ts'
import type { Task, TimeEntry } from './task.ts'
import { withOccurrence } from './undoCompletion.ts'
import { type Change, fieldOf, follows, refuseOverlaps, type Undoable } from './undoOverlaps.ts'
import { archived, restored, unarchived } from './useLife.ts'

const isRunning = (entry: unknown): boolean => (entry as TimeEntry | null)?.minutes === null

/** Why a change cannot be taken back, whatever happened since. */
const obstacle = ({ field, from }: Change, task: Task): string | undefined => {
  const name = fieldOf(field)
  if (name === 'ancestorIds') return 'This followed from a move of a task above it: undo that one.'
  if (name === 'attachments' && from !== null) return 'The file of a removed attachment is gone.'
  if (name === 'timeEntries' && isRunning(from)) return 'A timer that was stopped does not run on.'
  if (field === `ranks/${task.projectId}` && from === null) {
    return 'By now this is the project of its own. Move the task to another one.'
  }
  return undefined
}

/** In the trash nothing changes but that it lies there. */
export const refuseTrashed = ({ trashedAt }: Task): void => {
  if (trashedAt !== null) throw new Failure('conflict', 'The task lies in the trash: restore it first.')
}

/** What a patch would refuse as well: of two edits that went together, one is taken back alone. */
const refuseDateless = ({ recurrence, due }: Tracked): void => {
  if (recurrence !== null && due === null)
    throw new Failure(
      'conflict',
      'A task that recurs needs a due date: undo the change of the other one first.',
    )
}

/** What was taken out has made room for others since. */
const refuseCrowd = (task: Task, before: Tracked): void => {
  const count = (state: Tracked, field: keyof typeof mostEntries) => Object.keys(state[field]).length
  for (const field of Object.keys(mostEntries) as (keyof typeof mostEntries)[]) {
    if (count(before, field) <= Math.max(mostEntries[field], count(task, field))) continue
    throw new Failure('conflict', 'The task holds as many of these as it may: take another one out first.')
  }
}

const takenBack = async (
  task: Task,
  event: Undoable,
  editor: Editor,
  stores: Pick<Stores, 'tasks'>,
): Promise<Task> => {
  const leading = event.changes.filter((change) => !follows(change, event))
  const [first] = leading.flatMap((change) => obstacle(change, task) ?? [])
  if (first !== undefined) throw new Failure('conflict', first)
  refuseOverlaps(task, event)
  const before = event.changes.reduce((state, { field, from }) => withValue(state, field, from), task)
  refuseDateless(before)
  refuseCrowd(task, before)
  // Each of the fields is there: the compiler does not see it of a list.
  const tracked = Object.fromEntries(trackedFields.map((field) => [field, before[field]]))
  const values = await withOccurrence(task, tracked as unknown as Tracked, editor, stores)
  return fitting(task, revise(task, values, editor))
}

/** What makes a change that takes another one back. */
export const undoing = (editor: Editor, { taskVersion }: Undoable): Editor => ({
  ...editor,
  cause: { kind: 'undo', version: taskVersion },
})

/**
 * The task with the change of one version taken back, as a change of its own that can be undone in turn.
 * @throws Failure `conflict` with base, mine and theirs of each field that was changed again since
 */
export const undo = async (
  task: Task,
  event: Undoable,
  editor: Editor,
  stores: Pick<Stores, 'tasks'>,
): Promise<Task> => {
  const by = undoing(editor, event)
  if (event.type === 'task.created') return task.trashedAt === null ? trash(task, by) : task
  if (event.type === 'task.deleted' || event.type === 'task.restored') {
    refuseOverlaps(task, event, ['trashedAt'])
    return event.type === 'task.deleted' ? restored(task, by, stores) : trash(task, by)
  }
  refuseTrashed(task)
  const archiving = event.changes.find(({ field }) => field === 'archivedAt')
  if (archiving === undefined) return takenBack(task, event, by, stores)
  refuseOverlaps(task, event, ['archivedAt'])
  return archiving.from === null ? unarchived(task, by, stores) : archived(task, by)
}
