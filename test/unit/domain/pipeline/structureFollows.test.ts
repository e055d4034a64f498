import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { statuses } from '../../../../shared/api/schemas/task.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { revise, trash } from '../../../../shared/domain/tasks/edit.ts'
import { placeOfNew } from '../../../../shared/domain/tasks/parents.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { setParent } from '../../../../shared/domain/tasks/useParent.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { record } from '../support/arbitraries.ts'
import { aTask, idOf, minutes, projectId, userOf, workspaceId } from '../support/builders.ts'

const projects = [projectId, idOf('project', 'other')]
const id = (n: number): string => idOf('task', `t${n}`)
const size = 7

/** What is done to which task, with which other one, and how many records are delivered after it, of which tasks. */
const step = record({
  kind: fc.constantFrom(
    'add',
    'add',
    'put',
    'put',
    'top',
    'trash',
    'restore',
    'status',
    'estimate',
    'project',
  ),
  at: fc.nat(size - 1),
  other: fc.nat(size - 1),
  amount: fc.nat(4),
  deliveries: fc.array(fc.nat(20), { maxLength: 3 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const startWorld = () => {
  const followed = followedTable()
  const { tasks, structure } = followed.stores
  let time = 0
  const editor = () => ({ userId: userOf('ana'), now: minutes(++time), zone: 'UTC' })
  const read = (n: number) => tasks.task(workspaceId, id(n))
  const add = async (n: number, parentId: string | null, parent: Task | undefined) => {
    const { key } = aTask({ key: `OPS-${n + 1}` })
    await tasks.add(aTask({ id: id(n), key, ...placeOfNew(parentId, parent) }))
  }
  const put = async (task: Task, parentId: string | null, parent: Task | undefined) => {
    const version = await structure.version(workspaceId)
    await setParent({ task, parent, version }, parentId, editor(), followed.stores)
  }
  const change = async (task: Task, next: Task) => {
    if (next !== task) expect(await tasks.replace(next)).toEqual({ won: true })
  }
  const act = async ({ kind, at, other, amount }: Step): Promise<void> => {
    const [task, parent] = await Promise.all([read(at), read(other)])
    if (task === undefined) {
      if (kind !== 'add') return
      return add(at, parent === undefined || amount === 0 ? null : parent.id, parent)
    }
    if (kind === 'restore')
      return change(task, revise(task, { trashedAt: null, trashedWith: null }, editor()))
    if (task.trashedAt !== null) return
    if (kind === 'put') return put(task, id(other), parent)
    if (kind === 'top') return put(task, null, undefined)
    if (kind === 'trash') return change(task, trash(task, editor()))
    const values = {
      status: { status: statuses[amount] ?? 'open' },
      estimate: { estimateMinutes: amount },
      project: { projectId: projects[amount % 2] ?? projectId },
      add: {},
    }
    return change(task, revise(task, values[kind], editor()))
  }
  return { ...followed, act }
}

/** What stands above each task by what each says of its parent, from the top down. */
const pathOf = (task: Task, all: ReadonlyMap<string, Task>, seen: readonly string[] = []): string[] => {
  if (seen.includes(task.id)) throw new Error(`a circle through ${task.id}`)
  const parent = task.parentId === null ? undefined : all.get(task.parentId)
  return parent === undefined ? [] : [...pathOf(parent, all, [...seen, task.id]), parent.id]
}

const naiveRollup = (root: Task, all: ReadonlyMap<string, Task>) => {
  const below = [...all.values()].filter(
    (task) => task.trashedAt === null && task.status !== 'cancelled' && pathOf(task, all).includes(root.id),
  )
  return {
    subtasks: below.length,
    done: below.filter(({ status }) => status === 'done').length,
    estimateMinutes: below.reduce((sum, { estimateMinutes }) => sum + (estimateMinutes ?? 0), 0),
    spentMinutes: 0,
  }
}

test('paths, roll-ups and statistics equal a naive count after structural edits, in whatever order the records come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
      const world = startWorld()
      for (const one of steps) {
        // Circles and what lies in the trash are refused; that is shown elsewhere.
        await world.act(one).catch((error: unknown) => expect(error).toBeInstanceOf(Failure))
        for (const draw of one.deliveries) await world.deliver((count) => draw % Math.max(count, 1))
      }
      await world.drain()
      const all = new Map(world.tasks().map((task) => [task.id, task]))
      const { records } = world.stores
      for (const task of all.values()) {
        expect(task.ancestorIds).toEqual(pathOf(task, all))
        expect(await records.rollup(workspaceId, task.id)).toEqual(naiveRollup(task, all))
        const parent = task.parentId === null ? undefined : all.get(task.parentId)
        if (parent !== undefined && parent.trashedAt !== null) expect(task.trashedAt).not.toBeNull()
      }
      for (const project of projects) {
        const alive = [...all.values()].filter((one) => one.projectId === project && one.trashedAt === null)
        const { total, byStatus } = await records.statistics(workspaceId, project)
        expect(total).toBe(alive.length)
        for (const status of statuses) {
          expect(byStatus[status]).toBe(alive.filter((one) => one.status === status).length)
        }
      }
    }),
    { numRuns: 200 },
  )
}, 60_000)
