import * as fc from 'fast-check'
import { expect } from 'vitest'
import { duplicateTask } from '../../../../shared/api/routes/life.ts'
import { compareRanked } from '../../../../shared/domain/order/rank.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { attempt, type Chosen, choosing, idAt, personAt, step } from '../attempt.ts'
import { drain } from '../drain.ts'
import { beBorn, childrenOf, type Model, type ModelTask, placeOfNow } from '../model.ts'
import { unknownId } from '../rules.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'

/** A task and all below it that is not in the trash. */
const treeOf = (model: Model, root: ModelTask): ModelTask[] => {
  const below = childrenOf(model, root.id).filter(({ state }) => state.trashed === null)
  return [root, ...below.flatMap((child) => treeOf(model, child))]
}

/** The copies that were made below one, itself included. */
const madeBelow = async (real: Session, id: string): Promise<Task[]> => {
  const { tasks } = real.app.stores
  const { items } = await tasks.children(real.workspaceId, id, 100)
  const [root, below] = await Promise.all([
    tasks.task(real.workspaceId, id),
    Promise.all(items.map((child) => madeBelow(real, child))),
  ])
  return [...(root === undefined ? [] : [root]), ...below.flat()]
}

interface Copy {
  readonly id: string
  readonly key: string
  /** How many copies stand before it. */
  readonly nth: number
}

/** The copies by their originals. */
const copiesBelow = async (real: Session, projectId: string, id: string): Promise<Map<string, Copy>> => {
  const ranked = (await madeBelow(real, id)).map((task) => ({ ...task, rank: task.ranks[projectId] ?? '' }))
  const { records } = real.app.stores
  const named = ranked.sort(compareRanked).map(async (task, nth) => {
    const birth = await records.event(real.workspaceId, task.id, 1)
    const original = birth?.cause?.kind === 'duplicate' ? birth.cause.taskId : ''
    return [original, { id: task.id, key: task.key, nth }] as const
  })
  return new Map(await Promise.all(named))
}

/** Copies of subtasks of one project stand in the order of these. */
const expectOrder = (originals: readonly ModelTask[], copies: ReadonlyMap<string, Copy>): void => {
  for (const one of originals) {
    const isSibling = ({ state }: ModelTask) =>
      state.parentId === one.state.parentId && state.projectId === one.state.projectId
    const place = ({ state }: ModelTask) => state.places[state.projectId] ?? 0
    for (const other of originals.filter(isSibling)) {
      if (place(other) <= place(one)) continue
      expect(copies.get(one.id)?.nth, 'order of copies').toBeLessThan(copies.get(other.id)?.nth ?? 0)
    }
  }
}

const copyOf = ({ state }: ModelTask, place: number, projectId: string): State => ({
  ...state,
  status: state.status === 'done' || state.status === 'cancelled' ? 'open' : state.status,
  completed: false,
  projectId,
  places: { [projectId]: place },
  columns: {},
  links: {},
  time: {},
  archived: null,
  trashed: null,
  successorId: null,
})

type Duplicating = Chosen & { readonly subtasks: boolean }

export const duplicate = step('duplicate', async (choice: Duplicating, model, real) => {
  await drain(model, real)
  const original = model.tasks.get(idAt(model, choice.task))
  const reply = await attempt(
    model,
    real,
    { ...choice, behind: null, keyed: false },
    {
      route: duplicateTask,
      right: 'create',
      body: { subtasks: choice.subtasks },
      // The original stays as it is; the answer is the copy's.
      decide: ({ state }) => state,
      isOfAnother: true,
    },
  )
  if (reply === undefined || original === undefined) return
  const by = personAt(model, choice.who).id
  const { projectId } = original.state
  const originals = choice.subtasks ? treeOf(model, original) : [original]
  await real.app.drain()
  const copies = await copiesBelow(real, projectId, reply.body.id)
  expect(copies.size, 'copies').toBe(originals.length)
  expectOrder(originals.slice(1), copies)
  for (const one of originals) {
    const { id, key, nth } = copies.get(one.id) ?? { id: unknownId, key: '', nth: 0 }
    const above =
      one === original ? undefined : model.tasks.get(copies.get(one.state.parentId ?? '')?.id ?? '')
    const state: State = {
      ...copyOf(one, placeOfNow(model) + nth, projectId),
      key,
      parentId: above === undefined ? one.state.parentId : above.id,
    }
    const ancestorIds = above === undefined ? one.ancestorIds : [...above.ancestorIds, above.id]
    beBorn(model, { id, by, cause: 'duplicate', ancestorIds }, state)
  }
  await drain(model, real)
})
export const duplicating = fc.record({ ...choosing, subtasks: fc.boolean() })
