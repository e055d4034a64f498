import { expect, test } from 'vitest'
import type { ListRequest } from '../../../../shared/domain/ports.ts'
import { rowOf } from '../../../../shared/domain/tasks/present.ts'
import { lifeOf, type Task } from '../../../../shared/domain/tasks/task.ts'
import { daysAfter } from '../../../../shared/domain/time/daysAfter.ts'
import { type CleanUpWorld, cleanUp } from '../../../../shared/domain/upkeep/cleanUp.ts'
import { aTask, aWorkspace, idOf, iso, start, workspaceId } from '../support/builders.ts'

const [first, second] = [idOf('project', 'first'), idOf('project', 'second')]
const elsewhere = idOf('task', 'archived elsewhere')
/** So many days after the beginning of the workspace. */
const day = (count: number): string => daysAfter(iso(start), count)

/** Archived on a day of the workspace. */
const archived = (name: string, on: number, changes: Partial<Task> = {}): Task => {
  const id = idOf('task', name)
  const at = day(on)
  return aTask({ id, projectId: first, archivedAt: at, archivedWith: id, updatedAt: at, ...changes })
}
/** So many below one that is kept longer than they are. */
const below = (count: number, on: number): Task[] =>
  Array.from({ length: count }, (_, n) => archived(`below ${on} ${n}`, on, { archivedWith: elsewhere }))

/** A workspace that keeps what is archived for thirty days, in lists as the table has them. */
const startWorkspace = (all: readonly Task[], limits?: CleanUpWorld['limits']) => {
  const tasks = new Map(all.map((task) => [task.id, task]))
  /** The lists trail them. */
  const indexed = new Map(tasks)
  let listed = 0
  const list = async ({ of, life, limit, position = '' }: ListRequest) => {
    listed++
    const rows = [...indexed.values()]
      .filter((task) => 'projectId' in of && task.projectId === of.projectId && lifeOf(task) === life)
      .map((task) => ({ row: rowOf(task), position: `${task.updatedAt}#${task.id}` }))
      .filter((one) => one.position > position)
      .sort((a, b) => (a.position < b.position ? -1 : 1))
    return { rows: rows.slice(0, limit), more: rows.length > limit }
  }
  const world = {
    workspaces: { workspace: async () => aWorkspace({ archiveRetentionDays: 30 }) },
    projects: { projects: async () => ({ items: [{ id: first }, { id: second }], more: false }) },
    tasks: {
      list,
      task: async (_: string, id: string) => tasks.get(id),
      replace: async (task: Task) => {
        if (tasks.get(task.id)?.revision !== task.revision - 1) return { won: false }
        tasks.set(task.id, task)
        indexed.set(task.id, task)
        return { won: true }
      },
      drop: async ({ id }: Task) => ({ won: indexed.delete(id) && tasks.delete(id) }),
    },
    ...(limits && { limits }),
  } as unknown as CleanUpWorld
  return {
    trashed: () => [...tasks.values()].filter(({ trashedAt }) => trashedAt !== null).map(({ id }) => id),
    listed: () => listed,
    cleanOn: (count: number) => cleanUp(workspaceId, day(count), world),
    task: (id: string) => tasks.get(id),
    /** Of which the lists do not know yet. */
    write: (task: Task) => tasks.set(task.id, task),
  }
}
const few = { changes: 10, pages: 100, pagesOfList: 4, rowsOfPage: 2 }

test('what is not to be cleaned hides nothing behind it, however much it is', async () => {
  const [alone, other] = [archived('alone', 2), archived('other', 1, { projectId: second })]
  const { cleanOn, trashed } = startWorkspace([...below(1_200, 1), alone, other])
  expect(await cleanOn(60)).toBe(true)
  expect(trashed().sort()).toEqual([alone.id, other.id].sort())
})

test('a run stops after so many changes, and the next one goes on until there is nothing left', async () => {
  const all = ['one', 'two', 'three'].map((name, n) => archived(name, n + 1))
  const { cleanOn, trashed } = startWorkspace([...below(3, 1), ...all], {
    ...few,
    changes: 2,
    pagesOfList: 20,
  })
  expect([await cleanOn(60), trashed().length]).toEqual([false, 2])
  expect([await cleanOn(60), trashed().length]).toEqual([true, 3])
  expect(await cleanOn(60)).toBe(true)
})

test('a list that takes more than a run may read keeps no project waiting, and has its end on another day', async () => {
  const [hidden, other] = [archived('hidden', 20), archived('other', 1, { projectId: second })]
  const { cleanOn, trashed, listed } = startWorkspace([...below(30, 1), hidden, ...below(30, 25), other], few)
  expect(await cleanOn(60)).toBe(true)
  expect(trashed()).toContain(other.id)
  // The other three lists are of one page.
  expect(listed()).toBe(few.pagesOfList + 3)
  for (let on = 61; on < 70; on++) expect(await cleanOn(on)).toBe(true)
  expect(trashed()).toContain(hidden.id)
})

test('a workspace that takes more than a run may read has each of its projects cleaned on some day', async () => {
  const other = archived('other', 1, { projectId: second })
  // Of the list of one project, and nothing else.
  const { cleanOn, trashed, listed } = startWorkspace([...below(30, 1), other], { ...few, pages: 4 })
  for (let on = 60; on < 65; on++) expect(await cleanOn(on)).toBe(true)
  expect(trashed()).toEqual([other.id])
  expect(listed()).toBeLessThanOrEqual(5 * 4)
})

test('what is over in the trash is dropped, and what has come out of it unknown to the lists is not', async () => {
  const [over, back] = ['over', 'back'].map((name): Task => {
    const id = idOf('task', name)
    return aTask({ id, projectId: first, trashedAt: day(1), trashedWith: id, updatedAt: day(1) })
  }) as [Task, Task]
  const { cleanOn, task, write } = startWorkspace([over, back])
  write({ ...back, trashedAt: null, trashedWith: null })
  await cleanOn(30)
  expect(task(over.id)).toBeDefined()
  await cleanOn(32)
  expect([task(over.id), task(back.id)?.id]).toEqual([undefined, back.id])
})

test('what has come out of the archive unknown to the lists stays where it is, and is no change', async () => {
  const all = ['one', 'two', 'three'].map((name) => archived(name, 1))
  const { cleanOn, trashed, write } = startWorkspace(all, { ...few, changes: 1 })
  for (const task of all) write({ ...task, archivedAt: null, archivedWith: null })
  expect([await cleanOn(60), trashed()]).toEqual([true, []])
})
