import * as fc from 'fast-check'
import { undoChange } from '../../../../shared/api/routes/life.ts'
import { attempt, type Chosen, choosing, idAt, isTouched, personAt, step } from '../attempt.ts'
import { drain } from '../drain.ts'
import type { Happening, Model, ModelTask, Person } from '../model.ts'
import { broughtBack, isOwn, may, type Right, refused, type Verdict } from '../rules.ts'
import { pathsBetween, put, type State, valueIn } from '../state.ts'
import { linkBack, linked, moveBelow, under } from './structure.ts'

/** Fields that go back with those that they followed from, whatever has become of them since. */
const leaders: Readonly<Record<string, readonly string[]>> = {
  completed: ['status'],
  successorId: ['status'],
  columns: ['status', 'projectId'],
  places: ['projectId'],
  key: ['projectId'],
}

const nameOf = (path: string): string => path.split('/')[0] ?? path

const leadingOf = (paths: readonly string[]): string[] =>
  paths.filter((path) => !leaders[nameOf(path)]?.some((leader) => paths.includes(leader)))

const pathsOf = ({ before, after }: Happening): string[] =>
  before === undefined ? [] : pathsBetween(before, after)

/** Whether all that became of a path since was itself undone, as far as the history has come. */
const isSettled = ({ happenings, cascades, followed }: ModelTask, path: string, since: number): boolean => {
  if (cascades.some(({ version, paths }) => version > since && paths.includes(path))) return false
  const touching = happenings.filter(
    ({ version, before, after }) =>
      version > since && before !== undefined && pathsBetween(before, after).includes(path),
  )
  const isInEffect = (version: number): boolean =>
    !touching.some((one) => one.undoes === version && isInEffect(one.version))
  const isLoose = ({ version, undoes }: Happening) =>
    isInEffect(version) && (undoes === undefined || undoes <= since)
  return touching.every(({ version }) => version <= followed) && !touching.some(isLoose)
}

const isContested = (task: ModelTask, { version }: Happening, paths: readonly string[]): boolean =>
  paths.some((path) => isTouched(task, path, version) && !isSettled(task, path, version))

const rightFor = (path: string): Right => {
  const name = nameOf(path)
  return name === 'assigneeIds' ? 'assign' : name === 'time' ? 'time' : 'edit'
}

const isForbidden = (person: Person, task: ModelTask, happening: Happening): boolean => {
  const rights = happening.type === 'task.changed' ? pathsOf(happening).map(rightFor) : ['delete' as const]
  return rights.some((right) => !may(person, right, isOwn(person, task)))
}

/** Time of others is for owners and managers. */
const isTimeOfOthers = (person: Person, happening: Happening): boolean =>
  pathsOf(happening).some((path) => nameOf(path) === 'time') &&
  happening.by !== person.id &&
  person.role !== 'owner' &&
  person.role !== 'manager'

const isGone = (model: Model, id: string): boolean => {
  const task = model.tasks.get(id)
  return task === undefined || task.purged || task.state.trashed !== null
}

/** An occurrence on which somebody has worked stays the next one of a task that opens again. */
const keepsSuccessor = (model: Model, { state }: ModelTask, { successorId }: State): boolean => {
  const next = state.successorId === null ? undefined : model.tasks.get(state.successorId)
  return successorId === null && next !== undefined && next.version > 1 && !isGone(model, next.id)
}

const takenBack = (model: Model, task: ModelTask, happening: Happening): Verdict => {
  const { before } = happening
  const home = `places/${task.state.projectId}`
  const paths = pathsOf(happening)
  const leading = leadingOf(paths)
  if (before === undefined) return refused(409)
  if (leading.includes(home) && valueIn(before, home) === undefined) return refused(409)
  if (isContested(task, happening, leading)) return refused(409)
  // Columns that the task came to since stand for the status that it loses now.
  const bare = paths.includes('status') ? { ...task.state, columns: {} } : task.state
  const after = paths.reduce((state: State, path) => put(state, path, valueIn(before, path)), bare)
  return keepsSuccessor(model, task, after) ? { ...after, successorId: task.state.successorId } : after
}

const placedBack = (model: Model, task: ModelTask, happening: Happening, path: string): Verdict | 'open' => {
  if (isContested(task, happening, leadingOf(pathsOf(happening)))) return refused(409)
  const [name, otherId = ''] = path.split('/')
  const { before } = happening
  if (before === undefined) return refused(409)
  if (name === 'parentId') {
    if (before.parentId !== null && isGone(model, before.parentId)) return refused(409)
    return under(model, task, before.parentId)
  }
  if (isGone(model, otherId)) return refused(409)
  return linked(model, task, otherId, before.links[otherId] ?? null)
}

const undone = (model: Model, task: ModelTask, happening: Happening): Verdict | 'open' => {
  const { type } = happening
  const trashed: State = { ...task.state, trashed: task.id }
  if (type === 'task.created') return task.state.trashed === null ? trashed : task.state
  if (type !== 'task.changed') {
    if (isContested(task, happening, ['trashed'])) return refused(409)
    return type === 'task.deleted' ? broughtBack(model, task, 'trashed') : trashed
  }
  if (task.state.trashed !== null) return refused(409)
  const paths = pathsOf(happening)
  if (paths.includes('archived')) {
    if (isContested(task, happening, ['archived'])) return refused(409)
    if (happening.before?.archived === null) return broughtBack(model, task, 'archived')
    return task.state.archived === null ? { ...task.state, archived: task.id } : task.state
  }
  const place = paths.find((path) => path === 'parentId' || nameOf(path) === 'links')
  return place === undefined ? takenBack(model, task, happening) : placedBack(model, task, happening, place)
}

/** Whether others were put into an order since that the old place may lie on either side of. */
const isOrderLost = (model: Model, task: ModelTask, happening: Happening): boolean => {
  const projectIds = pathsOf(happening).flatMap((path) =>
    nameOf(path) === 'places' ? [path.slice('places/'.length)] : [],
  )
  return model.moved.some(
    ({ projectId, taskId, step: at }) =>
      projectIds.includes(projectId) && taskId !== task.id && at > happening.step,
  )
}

type Undoing = Chosen & { readonly happening: number }

export const undo = step('undo', async (choice: Undoing, model, real) => {
  if (choice.happening > 2) await drain(model, real)
  const taskId = idAt(model, choice.task)
  const task = model.tasks.get(taskId)
  const happening = task?.happenings.at(-1 - (choice.happening % task.happenings.length))
  if (task === undefined || happening === undefined || isOrderLost(model, task, happening)) return
  const person = personAt(model, choice.who)
  if (!task.purged && undone(model, task, happening) === 'open') return
  const decide = (): Verdict => {
    if (happening.version > task.followed) return refused(409)
    if (isForbidden(person, task, happening) || isTimeOfOthers(person, happening)) return refused(403)
    return undone(model, task, happening) as Verdict
  }
  const before = task.state
  const reply = await attempt(
    model,
    real,
    { ...choice, behind: null },
    {
      route: undoChange,
      right: 'edit',
      reach: 'any',
      body: { version: happening.version },
      decide,
      undoes: happening.version,
    },
  )
  if (reply === undefined) return
  if (before.parentId !== task.state.parentId) moveBelow(model, task)
  const otherId = pathsOf(happening)
    .find((path) => nameOf(path) === 'links')
    ?.slice('links/'.length)
  if (otherId !== undefined) {
    linkBack(model, { taskId, otherId, by: person.id }, task.state.links[otherId] ?? null)
  }
})
export const undoing = fc.record({ ...choosing, happening: fc.nat(5) })
