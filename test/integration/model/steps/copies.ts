import * as fc from 'fast-check'
import { expect } from 'vitest'
import { duplicateTask } from '../../../../shared/api/routes/life.ts'
import { compareRanked } from '../../../../shared/domain/order/rank.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { attempt, type Chosen, choosing, idAt, personAt, step } from '../attempt.ts'
import { beBorn, childrenOf, type Model, type ModelTask, placeOfNow } from '../model.ts'
import { drain, type Session } from '../session.ts'
import type { State } from '../state.ts'

/** A task and all below it that is not in the trash, level by level. */
const treeOf = (model: Model, root: ModelTask): ModelTask[] => {
  const tree = [root]
  for (const task of tree) {
    const below = childrenOf(model, task.id).filter(({ state }) => state.trashed === null)
    tree.push(...below.sort((a, b) => (a.id < b.id ? -1 : 1)))
  }
  return tree
}

/** The copies that were made, in their order. */
const madeIn = async (real: Session, projectId: string, id: string): Promise<Task[]> => {
  const { tasks } = real.app.stores
  const { items } = await tasks.children(real.workspaceId, id, 100)
  const read = await Promise.all([id, ...items].map((one) => tasks.task(real.workspaceId, one)))
  const [root, ...below] = read.filter((one) => one !== undefined)
  const deeper = await Promise.all(below.map((child) => madeIn(real, projectId, child.id)))
  const made = [...(root === undefined ? [] : [root]), ...deeper.flat()]
  return made.sort((a, b) => {
    const ranked = ({ id: one, ranks }: Task) => ({ id: one, rank: ranks[projectId] ?? '' })
    return compareRanked(ranked(a), ranked(b))
  })
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
  if (choice.subtasks) await drain(model, real)
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
  if (choice.subtasks) await real.app.drain()
  const made = choice.subtasks
    ? await madeIn(real, projectId, reply.body.id)
    : [reply.body as { id: string; key: string }]
  expect(made.length, 'copies').toBe(originals.length)
  const ids = new Map(originals.map(({ id }, n) => [id, made[n]?.id ?? '']))
  for (const [n, one] of originals.entries()) {
    const above = n === 0 ? undefined : model.tasks.get(ids.get(one.state.parentId ?? '') ?? '')
    const state: State = {
      ...copyOf(one, placeOfNow(model) + n, projectId),
      key: made[n]?.key ?? '',
      parentId: above === undefined ? one.state.parentId : above.id,
    }
    const ancestorIds = above === undefined ? one.ancestorIds : [...above.ancestorIds, above.id]
    beBorn(model, { id: made[n]?.id ?? '', by, cause: 'duplicate', ancestorIds }, state)
  }
  if (choice.subtasks) await drain(model, real)
})
export const duplicating = fc.record({ ...choosing, subtasks: fc.boolean() })
