import type { Role } from '../../../shared/api/actions.ts'
import { pathsBetween, type State } from './state.ts'

export interface Person {
  readonly id: string
  readonly role: Role
}

export interface Project {
  readonly id: string
  readonly key: string
  readonly columns: readonly { readonly id: string; readonly status: State['status'] }[]
}

type Type = 'task.created' | 'task.changed' | 'task.deleted' | 'task.restored'

/** A change that somebody made, or a birth. */
export interface Happening {
  readonly version: number
  readonly type: Type
  readonly by: string
  readonly cause: 'undo' | 'duplicate' | 'recurrence' | null
  /** The version that it took back. */
  readonly undoes?: number | undefined
  readonly before: State | undefined
  readonly after: State
  /** When, in steps of the session. */
  readonly step: number
}

export interface ModelTask {
  readonly id: string
  readonly createdBy: string
  state: State
  /** As far as replies have told. */
  version: number
  readonly happenings: Happening[]
  /** Changes that followed from those of other tasks. */
  readonly cascades: { readonly version: number; readonly paths: readonly string[] }[]
  /** Version up to which the stream has been followed. */
  followed: number
  /** Trails the moves of those above. */
  ancestorIds: readonly string[]
  purged: boolean
  /** All human ids that it has had. */
  readonly keys: Set<string>
}

export interface Model {
  readonly people: readonly Person[]
  readonly projects: readonly Project[]
  readonly tasks: Map<string, ModelTask>
  /** A task of another workspace. */
  readonly foreignId: string
  step: number
  /** Completions named and unnamed since the stream was followed. */
  readonly series: { readonly of: ModelTask; readonly before: State; readonly after: State; by: string }[]
  /** Ids of subtasks that came again with a task, by the next occurrence and the subtask. */
  readonly repeated: Map<string, string>
  /** Next occurrences that an undo of the completion took back. */
  readonly withdrawn: Set<string>
  /** The parent of each task when the stream was last followed. */
  listedParents: Map<string, string | null>
  /** Whoever was last put between others, by project. */
  readonly moved: { readonly projectId: string; readonly taskId: string; readonly step: number }[]
}

export const all = (model: Model): ModelTask[] => [...model.tasks.values()]
export const there = (model: Model): ModelTask[] => all(model).filter(({ purged }) => !purged)

/** The time of a step, as the place of what is made in it. */
export const placeOfNow = ({ step }: Model): number => step * 1_000

const typeOf = (before: State, after: State): Type => {
  if ((before.trashed === null) === (after.trashed === null)) return 'task.changed'
  return after.trashed === null ? 'task.restored' : 'task.deleted'
}

/** Notes that a task has another state now; nothing where it has not. */
export const happen = (model: Model, task: ModelTask, after: State, by: string, undoes?: number): void => {
  const before = task.state
  if (pathsBetween(before, after).length === 0) return
  task.state = after
  task.version++
  task.keys.add(after.key)
  const { version } = task
  const cause = undoes === undefined ? null : 'undo'
  const { step } = model
  task.happenings.push({ version, type: typeOf(before, after), by, cause, undoes, before, after, step })
  if (before.successorId !== after.successorId) model.series.push({ of: task, before, after, by })
}

interface Birth {
  readonly id: string
  readonly by: string
  readonly createdBy?: string
  readonly cause?: Happening['cause']
  readonly ancestorIds: readonly string[]
}

export const beBorn = (
  model: Model,
  { id, by, createdBy = by, cause = null, ancestorIds }: Birth,
  state: State,
) => {
  const { step } = model
  const born: Happening = {
    version: 1,
    type: 'task.created',
    by,
    cause,
    before: undefined,
    after: state,
    step,
  }
  const task: ModelTask = {
    id,
    createdBy,
    state,
    version: 1,
    happenings: [born],
    cascades: [],
    followed: 0,
    ancestorIds,
    purged: false,
    keys: new Set(state.key === '' ? [] : [state.key]),
  }
  model.tasks.set(id, task)
  return task
}

/** Tasks right below one. */
export const childrenOf = (model: Model, id: string): ModelTask[] =>
  there(model).filter(({ state }) => state.parentId === id)

/** Those that stand in a project, in its order, whatever has become of them. */
export const inOrder = (model: Model, projectId: string): ModelTask[] => {
  const place = ({ state }: ModelTask) => state.places[projectId] ?? 0
  return there(model)
    .filter(({ state }) => projectId in state.places)
    .sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1))
}
