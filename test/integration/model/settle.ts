import { addDays } from './days.ts'
import { all, beBorn, childrenOf, type Model, type ModelTask, there } from './model.ts'
import { copyName } from './repeated.ts'
import { unknownId } from './rules.ts'
import { pathsBetween, type State } from './state.ts'

/** A change that follows from another task's. */
const follow = (task: ModelTask, after: State): boolean => {
  const paths = pathsBetween(task.state, after)
  if (paths.length === 0) return false
  task.state = after
  // Its version is read back: several changes above may come down as one or as several.
  task.cascades.push({ version: Number.POSITIVE_INFINITY, paths })
  return true
}

const isUntouched = ({ version, cascades }: ModelTask) => version === 1 && cascades.length === 0

/** A task as it comes again, with nothing done yet. */
const again = (state: State, changes: Partial<State>): State => ({
  ...state,
  status: 'open',
  completed: false,
  checklist: Object.fromEntries(
    Object.entries(state.checklist).map(([id, item]) => [id, { ...item, done: false }]),
  ),
  key: '',
  links: {},
  columns: {},
  time: {},
  archived: null,
  trashed: null,
  successorId: null,
  ...changes,
})

const birthOf = (id: string, of: ModelTask, by: string) =>
  ({ id, by, createdBy: of.createdBy, cause: 'recurrence', ancestorIds: of.ancestorIds }) as const

/** What stands below a task comes again with it, a day later; what recurs by itself does not. */
const repeatBelow = (
  model: Model,
  original: ModelTask,
  next: { id: string; parentId: string; by: string },
): void => {
  for (const child of childrenOf(model, original.id)) {
    const { state } = child
    if (state.trashed !== null || state.recurrence !== null) continue
    const id = model.repeated.get(copyName(next.id, child.id)) ?? unknownId
    if (!model.tasks.has(id)) {
      const due = state.due && addDays(state.due, 1)
      beBorn(model, birthOf(id, child, next.by), again(state, { due, parentId: next.parentId }))
    }
    repeatBelow(model, child, { ...next, parentId: id })
  }
}

const followSeries = (model: Model): void => {
  for (const { of, before, after, by } of model.series.splice(0)) {
    const withdrawn = before.successorId === null ? undefined : model.tasks.get(before.successorId)
    if (withdrawn !== undefined && !withdrawn.purged && isUntouched(withdrawn)) {
      follow(withdrawn, { ...withdrawn.state, trashed: withdrawn.id })
      model.withdrawn.add(withdrawn.id)
    }
    if (after.successorId === null) continue
    const made = model.tasks.get(after.successorId)
    if (made === undefined) {
      const day = addDays(after.recurrence ?? '', 1)
      const born = beBorn(
        model,
        birthOf(after.successorId, of, by),
        again(after, { due: day, recurrence: day }),
      )
      // The one above it was purged before it could be told of it: below that one nothing can be put, at the top it can.
      const isOrphan = after.parentId !== null && model.tasks.get(after.parentId)?.purged === true
      if (isOrphan) follow(born, { ...born.state, parentId: null })
    }
    if (
      made !== undefined &&
      model.withdrawn.delete(made.id) &&
      !made.purged &&
      made.happenings.length === 1
    ) {
      follow(made, { ...made.state, trashed: null })
    }
    repeatBelow(model, of, { id: after.successorId, parentId: after.successorId, by })
  }
}

const along = (child: ModelTask, parent: State | undefined, where: 'archived' | 'trashed') => {
  const [mine, above] = [child.state[where], parent?.[where] ?? null]
  if (above !== null && mine === null) return above
  return above === null && mine !== child.id ? null : mine
}

/** Brings every task into the place that the one above it gives it. */
const settleFamilies = (model: Model): void => {
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const task of there(model)) {
      const parent = task.state.parentId === null ? undefined : model.tasks.get(task.state.parentId)
      const path = parent === undefined ? [] : [...parent.ancestorIds, parent.id]
      const isStale = path.join() !== task.ancestorIds.join()
      task.ancestorIds = path
      const lies = {
        archived: along(task, parent?.state, 'archived'),
        trashed: along(task, parent?.state, 'trashed'),
      }
      if (follow(task, { ...task.state, ...lies }) || isStale) isMoving = true
    }
  }
}

/** What lies in the trash below a purged task goes as well, and nothing stays linked to it. */
const followPurges = (model: Model): void => {
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const task of there(model)) {
      const parent = task.state.parentId === null ? undefined : model.tasks.get(task.state.parentId)
      if (parent?.purged !== true || task.state.trashed === null) continue
      task.purged = true
      isMoving = true
    }
  }
  const gone = new Set(all(model).flatMap(({ id, purged }) => (purged ? [id] : [])))
  for (const task of there(model)) {
    const links = Object.entries(task.state.links).filter(([id]) => !gone.has(id))
    follow(task, { ...task.state, links: Object.fromEntries(links) })
  }
}

/** What follows from everything that happened since the last time. */
export const settle = (model: Model): void => {
  followSeries(model)
  settleFamilies(model)
  followPurges(model)
  model.listedParents = new Map(there(model).map(({ id, state }) => [id, state.parentId]))
}
