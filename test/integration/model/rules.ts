import type { Status } from '../../../shared/api/schemas/task.ts'
import type { Model, ModelTask, Person } from './model.ts'
import type { State } from './state.ts'

export type Right = 'edit' | 'complete' | 'delete' | 'assign' | 'time' | 'create' | 'purge' | 'read'

/** A refusal by its status, or what becomes of the task. */
export interface Refusal {
  readonly refused: number
  readonly pointer?: string
}
export type Verdict = Refusal | State

export const refused = (status: number, pointer?: string): Refusal => ({
  refused: status,
  ...(pointer !== undefined && { pointer }),
})
export const isRefused = (verdict: Verdict): verdict is Refusal => 'refused' in verdict

export const isOwn = ({ id }: Person, task: ModelTask): boolean =>
  task.createdBy === id || task.state.assigneeIds.includes(id)

/** Owners and managers may do everything but that only owners purge; members what is their own; guests look. */
export const may = ({ role }: Person, right: Right, own: boolean): boolean => {
  if (role === 'owner') return true
  if (right === 'purge') return false
  if (role === 'manager') return true
  if (role === 'member') return right === 'read' || right === 'create' || own
  return (right === 'read' || right === 'time') && own
}

/** The status of a refusal, of who may not do this to a task, or of what is no target; none otherwise. */
export const barred = (
  who: Person,
  task: ModelTask | undefined,
  right: Right,
  reach: 'alive' | 'any' = 'alive',
): number | undefined => {
  if (task === undefined || task.purged || (reach === 'alive' && task.state.trashed !== null)) return 404
  const own = isOwn(who, task)
  if (may(who, right, own)) return undefined
  return may(who, 'read', own) ? 403 : 404
}

/** Stands for the id of a next occurrence, which the reply tells. */
export const unknownId = '?'

/** The state with another status and what that brings along. */
export const withStatus = (state: State, status: Status): State => {
  if (status === state.status) return state
  const names = status === 'done' && state.recurrence !== null && state.successorId === null
  return {
    ...state,
    status,
    completed: status === 'done',
    columns: {},
    ...(names && { successorId: unknownId }),
  }
}

const heldIn = (model: Model, { id, state }: ModelTask, where: 'archived' | 'trashed'): boolean =>
  [state[where], state.parentId].some((other) => {
    const holder = other === null || other === id ? undefined : model.tasks.get(other)
    return holder !== undefined && !holder.purged && holder.state[where] !== null
  })

/** Out of the trash or the archive, unless the task above or the one that took it along is still there. */
export const broughtBack = (model: Model, task: ModelTask, where: 'archived' | 'trashed'): Verdict => {
  const { state } = task
  if (state[where] === null) return state
  if (heldIn(model, task, where)) return refused(409)
  const parent = state.parentId === null ? undefined : model.tasks.get(state.parentId)
  const isOrphan = state.parentId !== null && parent?.purged !== false
  return { ...state, [where]: null, ...(isOrphan && { parentId: null }) }
}
