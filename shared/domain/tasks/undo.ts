import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '../../api/schemas/record.ts'
import { Failure } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { type Editor, revise, trash } from './edit.ts'
import { type Path, type Tracked, trackedFields, valueAt, withValue } from './paths.ts'
import { fitting } from './size.ts'
import type { Task, TimeEntry } from './task.ts'
import { withOccurrence } from './undoCompletion.ts'
import { archived, restored, unarchived } from './useLife.ts'

export type Change = HistoryEntry['changes'][number]
export type Undoable = Pick<HistoryEntry, 'type' | 'taskVersion' | 'changes'>

/** The field in which a path lies. */
export const fieldOf = (path: Path): string => path.split('/')[0] ?? path

/** Fields that follow from others: they go back with those, whatever has become of them since. */
const leaders: Partial<Record<string, readonly (keyof Tracked)[]>> = {
  completedAt: ['status'],
  successorId: ['status'],
  columns: ['status', 'projectId'],
  ranks: ['projectId'],
  key: ['projectId'],
  ancestorIds: ['parentId'],
  archivedWith: ['archivedAt'],
  trashedWith: ['trashedAt'],
} satisfies Partial<Record<keyof Tracked, readonly (keyof Tracked)[]>>

const follows = ({ field }: Change, { changes }: Undoable): boolean =>
  leaders[fieldOf(field)]?.some((leader) => changes.some((one) => one.field === leader)) === true

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

/** Whether something stands there that the event did not put there. Ranks are shortened without a version. */
const hasMoved = ({ field, base, theirs }: { field: Path; base: unknown; theirs: unknown }): boolean =>
  fieldOf(field) === 'ranks' && base !== null && theirs !== null ? false : !isDeepStrictEqual(theirs, base)

/**
 * Refuses to write over what is later than an event.
 * @param fields that count; all but those that follow from others, unless given
 * @throws Failure `conflict` with base, mine and theirs of each
 */
export const refuseOverlaps = (task: Task, event: Undoable, fields?: readonly (keyof Tracked)[]): void => {
  const isMeant = (change: Change) =>
    fields === undefined ? !follows(change, event) : fields.some((field) => field === change.field)
  const conflicts = event.changes
    .filter(isMeant)
    .map(({ field, from, to }) => ({
      field,
      base: to,
      mine: from,
      theirs: valueAt(task, field),
      version: task.fieldVersions[field] ?? 1,
    }))
    .filter((one) => one.version > event.taskVersion || hasMoved(one))
  if (conflicts.length === 0) return
  const detail = 'Later changes of the same fields would be lost. Undo those first, or edit the fields.'
  throw new Failure('conflict', detail, { extra: { version: task.version, conflicts } })
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
