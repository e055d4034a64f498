import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '../../api/schemas/record.ts'
import { Failure } from '../failure.ts'
import type { Stores } from '../ports.ts'
import { type Editor, revise, trash } from './edit.ts'
import { type Path, type Tracked, trackedFields, valueAt, withValue } from './paths.ts'
import type { Task, TimeEntry } from './task.ts'
import { archived, restored, unarchived } from './useLife.ts'

type Change = HistoryEntry['changes'][number]
export type Undoable = Pick<HistoryEntry, 'type' | 'taskVersion' | 'changes'>

/** Fields whose change touches other items as well: they have routes that take it back. */
const elsewhere: readonly string[] = ['parentId', 'ancestorIds', 'links'] satisfies (keyof Tracked)[]

const fieldOf = (path: Path): string => path.split('/')[0] ?? path

const isRunning = (entry: unknown): boolean => (entry as TimeEntry | null)?.minutes === null

/** Why a change cannot be taken back, whatever happened since. */
const obstacle = ({ field, from }: Change): string | undefined => {
  const name = fieldOf(field)
  if (elsewhere.includes(name)) return 'Its place among other tasks is changed by the routes for that.'
  if (name === 'attachments' && from !== null) return 'The file of a removed attachment is gone.'
  if (name === 'timeEntries' && isRunning(from)) return 'A timer that was stopped does not run on.'
  return undefined
}

/** Changes that something later has written over. */
const overlaps = (task: Task, { changes, taskVersion }: Undoable) =>
  changes
    .filter(
      ({ field, to }) =>
        (task.fieldVersions[field] ?? 1) > taskVersion || !isDeepStrictEqual(valueAt(task, field), to),
    )
    .map(({ field, from, to }) => ({
      field,
      base: to,
      mine: from,
      theirs: valueAt(task, field),
      version: task.fieldVersions[field] ?? 1,
    }))

const takenBack = (task: Task, event: Undoable, editor: Editor): Task => {
  const [first] = event.changes.flatMap((change) => obstacle(change) ?? [])
  if (first !== undefined) throw new Failure('conflict', first)
  const conflicts = overlaps(task, event)
  if (conflicts.length > 0) {
    const detail = 'Later changes of the same fields would be lost. Undo those first, or edit the fields.'
    throw new Failure('conflict', detail, { extra: { version: task.version, conflicts } })
  }
  const before = event.changes.reduce((state, { field, from }) => withValue(state, field, from), task)
  const values = Object.fromEntries(trackedFields.map((field) => [field, before[field]])) as Partial<Tracked>
  return revise(task, values, editor)
}

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
  const by = { ...editor, cause: { kind: 'undo', version: event.taskVersion } as const }
  const change = (field: keyof Tracked) => event.changes.find((one) => one.field === field)
  if (event.type === 'task.created') return task.trashedAt === null ? trash(task, by) : task
  if (event.type === 'task.deleted') return restored(task, by, stores)
  if (event.type === 'task.restored') return task.trashedAt === null ? trash(task, by) : task
  const archiving = change('archivedAt')
  if (archiving === undefined) return takenBack(task, event, by)
  return archiving.from === null ? unarchived(task, by, stores) : archived(task, by)
}

/** What one must be allowed to do to the task for this. */
export const actionsOf = ({
  type,
  changes,
}: Undoable): readonly ('task.delete' | 'task.assign' | 'task.edit')[] => {
  if (type !== 'task.changed') return ['task.delete']
  const isAssigning = changes.some(({ field }) => field === 'assigneeIds')
  return isAssigning ? ['task.edit', 'task.assign'] : ['task.edit']
}
