import type { Action } from '../../api/actions.ts'
import type { JobAction, LifeAction } from '../../api/schemas/jobs.ts'
import { may } from '../access/target.ts'
import { Failure, notFound } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import { existing, found } from '../tasks/change.ts'
import { applyPatch, type Editor, trash } from '../tasks/edit.ts'
import { isAssigning } from '../tasks/people.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { archived, restored, unarchived } from '../tasks/useLife.ts'
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
  const assigns = operation.kind === 'edit' && isAssigning(operation.patch)
  return assigns ? ['task.edit', 'task.assign'] : [needed[operation.kind]]
}

/**
 * The task that an operation is about, refused as the route for one task refuses it: what the member may not even
 * read is not there.
 * @throws Failure `not-found` or `forbidden`
 */
export const targetOf = (seen: Task | undefined, operation: JobAction, member: Member): Task => {
  const task = operation.kind === 'restore' ? found(seen) : existing(seen)
  const about = aboutTask(task)
  if (!may(member, 'task.read', about)) throw notFound()
  if (!actionsFor(operation).every((action) => may(member, action, about))) {
    throw new Failure('forbidden')
  }
  return task
}

/**
 * The task after an operation; the very same object when nothing changes.
 * @throws Failure as the route for one task does
 */
export const applyOperation = async (
  task: Task,
  operation: JobAction,
  editor: Editor,
  stores: { readonly tasks: Tasks },
): Promise<Task> => {
  switch (operation.kind) {
    case 'edit':
      return applyPatch(task, operation.patch, editor)
    case 'complete':
      return applyPatch(task, { status: 'done' }, editor)
    case 'trash':
      return trash(task, editor)
    case 'archive':
      return archived(task, editor)
    case 'restore':
      return task.trashedAt === null ? unarchived(task, editor, stores) : restored(task, editor, stores)
  }
}
