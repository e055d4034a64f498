import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Table } from '../../../../shared/data/tablePort.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { change, existing, found } from '../../../../shared/domain/tasks/change.ts'
import { newTask } from '../../../../shared/domain/tasks/draft.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import { placeOfNew } from '../../../../shared/domain/tasks/parents.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { archived, restored, unarchived } from '../../../../shared/domain/tasks/useLife.ts'
import { setParent } from '../../../../shared/domain/tasks/useParent.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { idOf, minutes, plainBody, projectId, userOf, workspaceId } from '../support/builders.ts'

const firstNames = ['a', 'b', 'c', 'd', 'e', 'f']
const names = [...firstNames, 'g', 'h']
const kinds = ['create', 'move', 'trash', 'restore', 'archive', 'unarchive', 'edit'] as const
type Kind = (typeof kinds)[number]
type Op = readonly [Kind, string, string | null]

const name = fc.constantFrom(...names)
const nameOrNone: fc.Arbitrary<string | null> = fc.option(name)
const op: fc.Arbitrary<Op> = fc.tuple(fc.constantFrom(...kinds), name, nameOrNone)
/** The parents of the first tasks, each one of those before it. */
const beginning: fc.Arbitrary<(string | null)[]> = fc.tuple(
  ...firstNames.map((_, n) =>
    n === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...firstNames.slice(0, n)), { freq: 6 }),
  ),
)

type Followed = ReturnType<typeof followedTable>
const id = (one: string) => idOf('task', one)

/** What a person does, as the routes do it; refused where they refuse it. */
const act = async ({ stores }: Followed, [kind, one, other]: Op, at: number): Promise<void> => {
  const { tasks } = stores
  const editor = { userId: userOf('ana'), now: minutes(at), zone: 'UTC' }
  const parentId = other && id(other)
  const read = (taskId: string | null) =>
    taskId === null ? Promise.resolve(undefined) : tasks.task(workspaceId, taskId)
  if (kind === 'create') {
    const parent = await read(parentId)
    const birth = { workspaceId, project: { id: projectId, key: 'OPS' }, number: at, now: minutes(at) }
    const maker = { ...birth, id: id(one), userId: editor.userId, origin: null }
    await tasks.add(
      newTask(maker, {
        ...plainBody,
        due: null,
        start: null,
        reminders: [],
        ...placeOfNew(parentId, parent),
      }),
    )
    return
  }
  if (kind === 'move') {
    const [task, parent, version] = await Promise.all([
      read(id(one)),
      read(parentId),
      stores.structure.version(workspaceId),
    ])
    await setParent({ task: existing(task), parent, version }, parentId, editor, stores)
    return
  }
  const decide: Record<Exclude<Kind, 'create' | 'move'>, (task: Task) => Task | Promise<Task>> = {
    trash: (task) => trash(existing(task), editor),
    restore: (task) => restored(task, editor, stores),
    archive: (task) => archived(existing(task), editor),
    unarchive: (task) => unarchived(existing(task), editor, stores),
    edit: (task) =>
      applyPatch(existing(task), { status: at % 2 === 0 ? 'done' : 'open', estimateMinutes: at }, editor),
  }
  await change(found(await read(id(one))), decide[kind], tasks, found)
}
const attempt = async (followed: Followed, one: Op, at: number): Promise<void> => {
  try {
    await act(followed, one, at)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

/** Above each task, worked out from who stands under whom alone. */
const pathOf = (task: Task, all: ReadonlyMap<string, Task>): string[] => {
  const path: string[] = []
  for (let at = task.parentId; at !== null; at = all.get(at)?.parentId ?? null) {
    if (path.includes(at)) throw new Error('tasks stand under each other')
    path.unshift(at)
  }
  return path
}

const expectAtRest = async ({ stores, tasks, itemsOf }: Followed) => {
  const all = new Map(tasks().map((task) => [task.id, task]))
  const rollups = new Map<string, { subtasks: number; done: number; estimateMinutes: number }>()
  for (const task of all.values()) {
    const { id: own, trashedAt, trashedWith, archivedAt, archivedWith } = task
    const parent = task.parentId === null ? undefined : all.get(task.parentId)
    const path = pathOf(task, all)
    expect(task.ancestorIds, task.id).toEqual(path)
    // Whoever lies above takes what is below along, and what lies there with another is below one that does.
    if (parent?.trashedAt != null) expect(trashedAt, 'below the trash').not.toBeNull()
    if (parent?.archivedAt != null) expect(archivedAt, 'below the archive').not.toBeNull()
    if (trashedAt !== null && trashedWith !== own)
      expect(parent?.trashedAt ?? null, 'taken along').not.toBeNull()
    if (archivedAt !== null && archivedWith !== own)
      expect(parent?.archivedAt ?? null, 'taken along').not.toBeNull()
    expect([trashedAt === null, archivedAt === null]).toEqual([trashedWith === null, archivedWith === null])
    for (const above of trashedAt === null ? path : []) {
      const sum = rollups.get(above) ?? { subtasks: 0, done: 0, estimateMinutes: 0 }
      rollups.set(above, {
        subtasks: sum.subtasks + 1,
        done: sum.done + (task.status === 'done' ? 1 : 0),
        estimateMinutes: sum.estimateMinutes + (task.estimateMinutes ?? 0),
      })
    }
  }
  for (const task of all.values()) {
    const none = { subtasks: 0, done: 0, estimateMinutes: 0 }
    expect(await stores.records.rollup(workspaceId, task.id)).toMatchObject(rollups.get(task.id) ?? none)
    const children = [...all.values()].filter(({ parentId }) => parentId === task.id)
    const { items } = await stores.tasks.children(workspaceId, task.id, 100)
    expect([...items].sort()).toEqual(children.map((child) => child.id).sort())
  }
  const active = [...all.values()].filter(
    ({ trashedAt, archivedAt }) => trashedAt === null && archivedAt === null,
  )
  expect((await stores.records.statistics(workspaceId)).total).toBe(active.length)
  const links = itemsOf('link').map(({ id: linked, trashedAt, archivedAt, title }) => [
    linked,
    trashedAt,
    archivedAt,
    title,
  ])
  const wanted = [...all.values()].filter(({ parentId }) => parentId !== null)
  expect(links.sort()).toEqual(
    wanted.map((task) => [task.id, task.trashedAt, task.archivedAt, task.title]).sort(),
  )
}

const begin = async (followed: Followed, parents: readonly (string | null)[]) => {
  for (const [n, one] of firstNames.entries()) {
    await attempt(followed, ['create', one, parents[n] ?? null], n + 1)
  }
  expect(followed.tasks()).toHaveLength(firstNames.length)
  await followed.drain()
}

test('whatever people do, in whatever order the records come, every family comes to rest as one', async () => {
  const steps = fc.array(fc.oneof({ weight: 2, arbitrary: op }, { weight: 1, arbitrary: fc.nat(9) }), {
    minLength: 10,
    maxLength: 40,
  })
  await fc.assert(
    fc.asyncProperty(beginning, steps, fc.infiniteStream(fc.nat(99)), async (first, all, draws) => {
      const followed = followedTable()
      const draw = (count: number) => draws.next().value % count
      await begin(followed, first)
      for (const [n, step] of all.entries()) {
        if (typeof step === 'number') await followed.deliver(draw, 1 + (step % 2))
        else await attempt(followed, step, n + 10)
      }
      await followed.drain(draw)
      await expectAtRest(followed)
    }),
    { numRuns: 200 },
  )
})

/** Answers of the table come late, in any order. */
const delayed = (scheduler: fc.Scheduler) => {
  let isOn = false
  const through = (table: Table): Table => {
    const late = <Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) => {
      const scheduled = scheduler.scheduleFunction(call)
      return (...given: Given): Promise<Result> => (isOn ? scheduled(...given) : call(...given))
    }
    return {
      get: late(table.get),
      query: late(table.query),
      put: late(table.put),
      update: late(table.update),
      delete: late(table.delete),
      transact: late(table.transact),
    }
  }
  const during = async (running: () => Promise<unknown>) => {
    isOn = true
    await scheduler.waitFor(running())
    isOn = false
  }
  return { through, during }
}

test('the same when people and the stream get in each other’s way', async () => {
  const people = fc.array(fc.array(op, { minLength: 3, maxLength: 6 }), { minLength: 2, maxLength: 3 })
  const prelude = fc.array(op, { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(beginning, prelude, people, fc.scheduler(), async (first, before, all, scheduler) => {
      const { through, during } = delayed(scheduler)
      const followed = followedTable(through)
      await begin(followed, first)
      // What these change has yet to follow when the others begin.
      for (const [n, one] of before.entries()) await attempt(followed, one, 10 + n)
      const person = async (ops: readonly Op[], n: number) => {
        for (const [at, one] of ops.entries()) await attempt(followed, one, 20 + 10 * n + at)
      }
      const stream = async () => {
        for (let n = 0; n < 12; n++) await followed.deliver()
      }
      await during(() => Promise.all([...all.map(person), stream()]))
      await followed.drain()
      await expectAtRest(followed)
    }),
    { numRuns: 300 },
  )
})
