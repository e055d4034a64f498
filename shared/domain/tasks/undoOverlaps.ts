import { isDeepStrictEqual } from 'node:util'
import type { HistoryEntry } from '../../api/schemas/record.ts'
import { Failure } from '../failure.ts'
import type { Event, Records } from '../ports.ts'
import { type Path, type Tracked, valueAt } from './paths.ts'
import type { Task } from './task.ts'

export type Change = HistoryEntry['changes'][number]
export interface Undoable extends Pick<HistoryEntry, 'type' | 'taskVersion' | 'changes'> {
  /** What came later, oldest first, where it was looked for. */
  readonly later?: readonly Event[]
}

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

export const follows = ({ field }: Change, { changes }: Undoable): boolean =>
  leaders[fieldOf(field)]?.some((leader) => changes.some((one) => one.field === leader)) === true

/** Whether something stands there that the event did not put there. Ranks are shortened without a version. */
const hasMoved = ({ field, base, theirs }: { field: Path; base: unknown; theirs: unknown }): boolean =>
  fieldOf(field) === 'ranks' && base !== null && theirs !== null ? false : !isDeepStrictEqual(theirs, base)

const isTouched = (task: Task, { taskVersion }: Undoable, field: Path): boolean =>
  (task.fieldVersions[field] ?? 1) > taskVersion

/** Whether all that later became of a field was itself undone, so that what stands there is the event's own again. */
const isSettled = (task: Task, { taskVersion, later = [] }: Undoable, field: Path): boolean => {
  const touching = later
    .filter(({ changes }) => changes.some((change) => change.field === field))
    .toReversed()
  // The history may trail the task.
  if (touching[0]?.taskVersion !== task.fieldVersions[field]) return false
  const undone = new Set<number>()
  for (const { taskVersion: version, cause } of touching) {
    if (undone.has(version)) continue
    if (cause?.kind !== 'undo' || cause.version <= taskVersion) return false
    undone.add(cause.version)
  }
  return true
}

/** The event with what came after it, as far as that can decide whether it may be taken back. */
export const withLater = async (task: Task, event: Undoable, records: Records): Promise<Undoable> => {
  if (!event.changes.some(({ field }) => isTouched(task, event, field))) return event
  const later = await records.changesFrom(task.workspaceId, task.id, event.taskVersion + 1)
  return { ...event, later }
}

/**
 * Refuses to write over what is later than an event, unless it was undone before.
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
    .filter((one) => {
      const isOlder = isTouched(task, event, one.field) && !isSettled(task, event, one.field)
      return isOlder || hasMoved(one)
    })
  if (conflicts.length === 0) return
  const detail = 'Later changes of the same fields would be lost. Undo those first, or edit the fields.'
  throw new Failure('conflict', detail, { extra: { version: task.version, conflicts } })
}
