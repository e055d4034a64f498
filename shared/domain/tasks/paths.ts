import { isDeepStrictEqual } from 'node:util'
import type { TaskFields, TaskState } from './task.ts'

/** Everything of a task whose changes stand in the history. */
export type Tracked = TaskFields & TaskState

/** Whether a field changes as a whole or entry by entry. */
const shapes = {
  title: 'whole',
  description: 'whole',
  status: 'whole',
  priority: 'whole',
  due: 'whole',
  start: 'whole',
  estimateMinutes: 'whole',
  assigneeIds: 'whole',
  assigneeGroupIds: 'whole',
  watcherIds: 'whole',
  tags: 'whole',
  reminders: 'whole',
  recurrence: 'whole',
  metadata: 'whole',
  customFields: 'entries',
  projectId: 'whole',
  key: 'whole',
  parentId: 'whole',
  ancestorIds: 'whole',
  links: 'entries',
  ranks: 'entries',
  columns: 'entries',
  checklist: 'entries',
  timeEntries: 'entries',
  attachments: 'entries',
  shares: 'entries',
  archivedAt: 'whole',
  archivedWith: 'whole',
  trashedAt: 'whole',
  trashedWith: 'whole',
  successorId: 'whole',
  series: 'whole',
  completedAt: 'whole',
} as const satisfies Record<keyof Tracked, 'whole' | 'entries'>

/** Where something stands in a task: a field (`due`), or an entry of one (`checklist/chk_…`). */
export type Path = string
type Entries = Readonly<Record<string, unknown>>

export const trackedFields = Object.keys(shapes) as (keyof Tracked)[]

const changedEntries = (field: keyof Tracked, before: Tracked, after: Tracked): Path[] => {
  const [old, now] = [before[field] as Entries, after[field] as Entries]
  const ids = new Set([...Object.keys(old), ...Object.keys(now)])
  return [...ids].filter((id) => !isDeepStrictEqual(old[id], now[id])).map((id) => `${field}/${id}`)
}

/** Paths at which two states differ. */
export const changedPaths = (before: Tracked, after: Tracked): Path[] =>
  trackedFields.flatMap((field) => {
    if (isDeepStrictEqual(before[field], after[field])) return []
    return shapes[field] === 'whole' ? [field] : changedEntries(field, before, after)
  })

const split = (path: Path) => path.split('/') as [keyof Tracked, string?]

/** What stands at a path; `null` for an entry that is not there. */
export const valueAt = (task: Tracked, path: Path): unknown => {
  const [field, id] = split(path)
  return id === undefined ? task[field] : ((task[field] as Entries)[id] ?? null)
}

/** The state with another value at a path; `null` takes an entry out. */
export const withValue = <State extends Tracked>(task: State, path: Path, value: unknown): State => {
  const [field, id] = split(path)
  if (id === undefined) return { ...task, [field]: value }
  const { [id]: _, ...others } = task[field] as Entries
  return { ...task, [field]: value === null ? others : { ...others, [id]: value } }
}

/** Entries whose ids are never used again, so that what is gone needs no version. */
const passing: readonly string[] = ['checklist', 'timeEntries', 'attachments'] satisfies (keyof Tracked)[]

/**
 * Entries that are gone and whose versions are kept, the latest: their ids may come again. A task outlives any number
 * of links, and must not grow by each.
 */
const mostGone = 200

const isGone = (path: Path, after: Tracked): boolean => path.includes('/') && valueAt(after, path) === null

/** Version of each path that was ever changed, after `changed` have moved to `version`. */
export const versionsAfter = (
  versions: Readonly<Record<Path, number>>,
  changed: readonly Path[],
  after: Tracked,
  version: number,
): Record<Path, number> => {
  const all = { ...versions, ...Object.fromEntries(changed.map((path) => [path, version])) }
  const there = Object.entries(all).filter(([path]) => !isGone(path, after))
  const gone = Object.entries(all).filter(([path]) => isGone(path, after))
  const mayReturn = gone.filter(([path]) => !passing.includes(split(path)[0]))
  const latest = mayReturn.sort(([, a], [, b]) => b - a).slice(0, mostGone)
  return Object.fromEntries([...there, ...latest])
}
