import { isDeepStrictEqual } from 'node:util'
import type { TaskPatch } from '../../api/schemas/task.ts'
import { Failure, invalidField, notFound } from '../failure.ts'
import type { Records, Tasks } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import { applyPatch, type Editor } from './edit.ts'
import type { Task, TaskField } from './task.ts'

const attempts = 100

/** The task of a request: in the trash is as good as gone. */
export const existing = (task: Task | undefined): Task => {
  if (task === undefined || task.trashedAt !== null) throw notFound()
  return task
}

/**
 * Writes what `decide` makes of the task, again from the present state whenever another write came first.
 * `decide` returns its argument to change nothing, and throws to refuse.
 */
export const change = async (
  task: Task,
  decide: (present: Task) => Task | Promise<Task>,
  tasks: Tasks,
): Promise<Task> => {
  let present = task
  for (let attempt = 0; attempt < attempts; attempt++) {
    const next = await decide(present)
    if (next === present) return present
    const result = await tasks.replace(next)
    if (result.won) return next
    present = existing(result.present)
  }
  throw new Failure('unavailable', 'Too many others are changing this task at the same time.')
}

/** Fields of a patch that somebody else has changed since the version the caller saw. */
const contested = (task: Task, edited: Task, patch: TaskPatch, expected: number): TaskField[] =>
  (Object.keys(patch) as TaskField[]).filter(
    (field) => (task.fieldVersions[field] ?? 1) > expected && !isDeepStrictEqual(task[field], edited[field]),
  )

/** What each field held at the version the caller saw, from the state itself or from the history. */
const baseValues = async (fields: readonly TaskField[], expected: number, seen: Task, records: Records) => {
  if (seen.version === expected) return Object.fromEntries(fields.map((field) => [field, seen[field]]))
  const events = await records.changesFrom(seen.workspaceId, seen.id, expected + 1)
  const changes = events.flatMap(({ changes }) => changes)
  // A change that the history has not reached yet has no base to show.
  return Object.fromEntries(
    fields.map((field) => [field, changes.find((change) => change.field === field)?.from]),
  )
}

/**
 * A patch under If-Match: merged when nobody else has changed the same fields since `expected`,
 * refused with base, mine and theirs of each field otherwise.
 */
export const merge =
  (patch: TaskPatch, expected: number | undefined, editor: Editor, seen: Task, records: Records) =>
  async (task: Task): Promise<Task> => {
    const edited = applyPatch(task, patch, editor)
    if (expected === undefined || expected === task.version) return edited
    if (expected > task.version) throw new Failure('precondition-failed', 'No such version exists yet.')
    const fields = contested(task, edited, patch, expected)
    if (fields.length === 0) return edited
    const base = await baseValues(fields, expected, seen, records)
    const conflicts = fields.map((field) => ({
      field,
      base: base[field],
      mine: edited[field],
      theirs: task[field],
    }))
    throw new Failure('precondition-failed', undefined, { extra: { version: task.version, conflicts } })
  }

/** Everybody a body assigns must be a member; `members` answers in the order of `ids`. */
export const requireMembers = (
  ids: readonly string[],
  members: readonly (Member | undefined)[],
  present: readonly string[],
): void => {
  const strange = ids.findIndex((id, index) => members[index] === undefined && !present.includes(id))
  if (strange >= 0) throw invalidField(`/assigneeIds/${strange}`, 'must be a member of this workspace')
}
