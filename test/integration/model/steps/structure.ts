import * as fc from 'fast-check'
import * as routes from '../../../../shared/api/routes/structure.ts'
import { type LinkKind, linkKinds } from '../../../../shared/api/schemas/task.ts'
import { attempt, type Chosen, choosing, idAt, personAt, pick, step } from '../attempt.ts'
import { happen, type Model, type ModelTask, there } from '../model.ts'
import { isOwn, may, refused, type Verdict } from '../rules.ts'
import type { State } from '../state.ts'
import { isFresh, isRepeating } from './fields.ts'

const levels = 8

/** Levels of a task with all below it, as one map of parents has them. */
const heightIn = (parents: ReadonlyMap<string, string | null>, id: string): number => {
  const below = [...parents].filter(([, parent]) => parent === id)
  return 1 + Math.max(0, ...below.map(([child]) => heightIn(parents, child)))
}

const parentsNow = (model: Model) =>
  new Map(there(model).map(({ id, state }) => [id, state.parentId] as const))

export const isBelow = (model: Model, id: string, above: string): boolean => {
  const parentId = model.tasks.get(id)?.state.parentId ?? null
  return parentId !== null && (parentId === above || isBelow(model, parentId, above))
}

/** Whether the lists of subtasks, which trail, would lead to another judgement of the depth. */
const isOpen = (model: Model, task: ModelTask, parent: ModelTask): boolean => {
  const fits = (parents: ReadonlyMap<string, string | null>) =>
    parent.ancestorIds.length + 1 + heightIn(parents, task.id) <= levels
  return fits(parentsNow(model)) !== fits(model.listedParents)
}

/** What comes of putting a task under another one, or at the top. */
export const under = (model: Model, task: ModelTask, parentId: string | null): Verdict | 'open' => {
  const { state } = task
  if (state.parentId === parentId) return state
  if (parentId === null) return { ...state, parentId }
  const parent = model.tasks.get(parentId)
  if (parent === undefined || parent.purged || parent.state.trashed !== null) return refused(400, '/parentId')
  if (!isFresh(model, parent) || isRepeating(model, parent) || isOpen(model, task, parent)) return 'open'
  if (parentId === task.id || isBelow(model, parentId, task.id)) return refused(400, '/parentId')
  const depth = parent.ancestorIds.length + 1 + heightIn(parentsNow(model), task.id)
  return depth > levels ? refused(400, '/parentId') : { ...state, parentId }
}

/** The copies of ancestors that the write of a new parent brings. */
export const moveBelow = (model: Model, task: ModelTask): void => {
  const parent = task.state.parentId === null ? undefined : model.tasks.get(task.state.parentId)
  task.ancestorIds = parent === undefined ? [] : [...parent.ancestorIds, parent.id]
}

export const nest = step('nest', async (choice: Chosen & { parent: number | null }, model, real) => {
  const parentId = choice.parent === null ? null : idAt(model, choice.parent)
  const task = model.tasks.get(idAt(model, choice.task))
  if (task !== undefined && under(model, task, parentId) === 'open') return
  const reply = await attempt(model, real, choice, {
    route: routes.setTaskParent,
    right: 'edit',
    body: { parentId },
    decide: (one) => under(model, one, parentId) as Verdict,
  })
  if (reply !== undefined && task !== undefined) moveBelow(model, task)
})

export const nesting = fc.record({ ...choosing, parent: fc.option(pick, { freq: 5 }) })

const inverse: Readonly<Record<LinkKind, LinkKind>> = {
  blocks: 'blockedBy',
  blockedBy: 'blocks',
  relatesTo: 'relatesTo',
  duplicates: 'duplicatedBy',
  duplicatedBy: 'duplicates',
}

/** Whether links of one kind lead from one task to another, those between these two left out. */
const leads = (model: Model, kind: LinkKind, from: string, to: string): boolean => {
  const seen = new Set<string>()
  const visit = (id: string): boolean => {
    if (seen.has(id)) return false
    seen.add(id)
    const next = Object.entries(model.tasks.get(id)?.state.links ?? {})
    return next.some(
      ([other, one]) => one === kind && !(id === from && other === to) && (other === to || visit(other)),
    )
  }
  return visit(from)
}

const withLink = (state: State, id: string, kind: LinkKind | null): State => {
  const { [id]: _, ...links } = state.links
  return { ...state, links: kind === null ? links : { ...links, [id]: kind } }
}

/** What comes of a link to another task. */
export const linked = (model: Model, task: ModelTask, otherId: string, kind: LinkKind | null): Verdict => {
  if (kind !== null && task.id === otherId) return refused(400, '/taskId')
  if (kind === null || kind === 'relatesTo') return withLink(task.state, otherId, kind)
  // A way back to where the link begins would close a circle.
  const closes = leads(model, kind, otherId, task.id)
  return closes ? refused(400, '/taskId') : withLink(task.state, otherId, kind)
}

/** The same link, seen from the other task. */
export const linkBack = (
  model: Model,
  { taskId, otherId, by }: { taskId: string; otherId: string; by: string },
  kind: LinkKind | null,
): void => {
  const other = model.tasks.get(otherId)
  if (other === undefined || otherId === taskId) return
  happen(model, other, withLink(other.state, taskId, kind && inverse[kind]), by)
}

interface Linking extends Chosen {
  readonly other: number
  readonly kind: LinkKind | null
}

export const link = step('link', async (choice: Linking, model, real) => {
  const { kind } = choice
  const otherId = idAt(model, choice.other)
  const person = personAt(model, choice.who)
  const isSeen = (): boolean => {
    const other = model.tasks.get(otherId)
    if (other === undefined || other.purged || other.state.trashed !== null) return false
    return may(person, 'read', isOwn(person, other))
  }
  const taskId = idAt(model, choice.task)
  const reply = await attempt(
    model,
    real,
    { ...choice, behind: isSeen() ? choice.behind : null },
    {
      route: kind === null ? routes.unlinkTask : routes.linkTask,
      right: 'edit',
      params: { otherTaskId: otherId },
      ...(kind !== null && { body: { kind } }),
      decide: (task): Verdict => (isSeen() ? linked(model, task, otherId, kind) : refused(404)),
    },
  )
  if (reply !== undefined) linkBack(model, { taskId, otherId, by: person.id }, kind)
})

export const linking = fc.record({
  ...choosing,
  other: pick,
  kind: fc.option(fc.constantFrom(...linkKinds), { freq: 8 }),
})
