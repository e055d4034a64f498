import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../../api/schemas/task.ts'
import { Failure, notFound } from '../failure.ts'
import type { Records, Tasks } from '../ports.ts'
import { applyPatch, type Editor } from './edit.ts'
import { type Path, valueAt } from './paths.ts'
import type { Task } from './task.ts'

const attempts = 100

/** A task in whatever state. */
export const found = (task: Task | undefined): Task => {
  if (task === undefined || task.purge !== null) throw notFound()
  return task
}

/** The task of a request: in the trash is as good as gone. */
export const existing = (task: Task | undefined): Task => {
  const there = found(task)
  if (there.trashedAt !== null) throw notFound()
  return there
}

/**
 * Writes what `decide` makes of the task, again from the present state whenever another write came first.
 * `decide` returns its argument to change nothing, and throws to refuse; `guard` refuses states that are no target.
 */
export const change = async (
  task: Task,
  decide: (present: Task) => Task | Promise<Task>,
  tasks: Tasks,
  guard: (task: Task | undefined) => Task = existing,
): Promise<Task> => {
  let present = task
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const next = await decide(present)
    if (next === present) return present
    const result = await tasks.replace(next, attempt)
    if (result.won) return next
    present = guard(result.present)
  }
  throw new Failure('unavailable', 'Too many others are changing this task at the same time.')
}

/** Where a patch writes. */
const pathsOf = ({ customFields, ...whole }: TaskPatch): Path[] => [
  ...Object.keys(whole),
  ...Object.keys(customFields ?? {}).map((id) => `customFields/${id}`),
]

/** Paths that somebody else has changed since the version the caller saw, and to something else. */
const contested = (task: Task, edited: Task, paths: readonly Path[], expected: number): Path[] =>
  paths.filter(
    (path) =>
      (task.fieldVersions[path] ?? 1) > expected &&
      !isDeepStrictEqual(valueAt(task, path), valueAt(edited, path)),
  )

/** What stood at each path at the version the caller saw, from the state itself or from the history. */
const baseValues = async (paths: readonly Path[], expected: number, seen: Task, records: Records) => {
  if (seen.version === expected) return Object.fromEntries(paths.map((path) => [path, valueAt(seen, path)]))
  const events = await records.changesFrom(seen.workspaceId, seen.id, expected + 1)
  const changes = events.flatMap(({ changes }) => changes)
  // A change that the history has not reached yet has no base to show.
  return Object.fromEntries(paths.map((path) => [path, changes.find(({ field }) => field === path)?.from]))
}

interface Edit {
  readonly apply: (task: Task) => Task
  /** Where it writes. */
  readonly paths: readonly Path[]
}

/**
 * An edit under If-Match: merged when nobody else has changed what lies at its paths since `expected`,
 * refused with base, mine and theirs of each otherwise.
 */
export const mergeEdit =
  ({ apply, paths }: Edit, expected: number | undefined, seen: Task, records: Records) =>
  async (task: Task): Promise<Task> => {
    const edited = apply(task)
    if (expected === undefined || expected === task.version) return edited
    if (expected > task.version) throw new Failure('precondition-failed', 'No such version exists yet.')
    const fought = contested(task, edited, paths, expected)
    if (fought.length === 0) return edited
    const base = await baseValues(fought, expected, seen, records)
    const conflicts = fought.map((path) => ({
      field: path,
      base: base[path],
      mine: valueAt(edited, path),
      theirs: valueAt(task, path),
    }))
    throw new Failure('precondition-failed', undefined, { extra: { version: task.version, conflicts } })
  }

/** The same for a patch, field by field. */
export const merge = (
  patch: TaskPatch,
  expected: number | undefined,
  editor: Editor,
  seen: Task,
  records: Records,
) => {
  const apply = (task: Task) => applyPatch(task, patch, editor)
  return mergeEdit({ apply, paths: pathsOf(patch) }, expected, seen, records)
}
