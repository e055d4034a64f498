import type { Action } from '../../api/actions.ts'
import type { JobAction, LifeAction } from '../../api/schemas/jobs.ts'
import { mayDo } from '../access/permissions.ts'
import { Failure, notFound } from '../failure.ts'
import { existing } from '../tasks/change.ts'
import { applyPatch, type Editor, revise, trash } from '../tasks/edit.ts'
import { ownersOf, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

const needed: Record<LifeAction | 'edit', Action> = {
  edit: 'task.edit',
  complete: 'task.complete',
  trash: 'task.delete',
  archive: 'task.edit',
  restore: 'task.delete',
}

/** What a role must allow for an operation. */
export const actionsFor = (operation: JobAction): Action[] => {
  const isAssigning = operation.kind === 'edit' && operation.patch.assigneeIds !== undefined
  return isAssigning ? ['task.edit', 'task.assign'] : [needed[operation.kind]]
}

/**
 * Refuses as the route for one task does: what the member may not even read is not there.
 * @throws Failure `not-found` or `forbidden`
 */
export const requireAllowed = (task: Task, operation: JobAction, member: Member): void => {
  const isOwn = ownersOf(task).includes(member.userId)
  if (!mayDo(member.role, 'task.read', isOwn)) throw notFound()
  if (!actionsFor(operation).every((action) => mayDo(member.role, action, isOwn))) {
    throw new Failure('forbidden')
  }
}

const archive = (task: Task, editor: Editor): Task =>
  task.archivedAt === null ? revise(task, { archivedAt: editor.now, archivedWith: task.id }, editor) : task

/** Out of the trash, or out of the archive. */
const restore = (task: Task, editor: Editor): Task =>
  task.trashedAt === null
    ? revise(task, { archivedAt: null, archivedWith: null }, editor)
    : revise(task, { trashedAt: null, trashedWith: null }, editor)

/**
 * The task after an operation; the very same object when nothing changes.
 * @throws Failure as the route for one task does
 */
export const applyOperation = (task: Task, operation: JobAction, editor: Editor): Task => {
  switch (operation.kind) {
    case 'edit':
      return applyPatch(existing(task), operation.patch, editor)
    case 'complete':
      return applyPatch(existing(task), { status: 'done' }, editor)
    case 'trash':
      return trash(existing(task), editor)
    case 'archive':
      return archive(existing(task), editor)
    case 'restore':
      return restore(task, editor)
  }
}

/** Who is newly assigned by a change; never the one who made it. */
export const newlyAssigned = (before: Task, after: Task): string[] =>
  after.assigneeIds.filter((id) => id !== after.updatedBy && !before.assigneeIds.includes(id))
