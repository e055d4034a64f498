import { describe, expect, test } from 'vitest'
import { statuses } from '../../../../shared/api/schemas/task.ts'
import { compareRanked, firstRank, maxRankLength, rankBetween } from '../../../../shared/domain/order/rank.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, idOf, minutes, projectId, start, userOf, workspaceId } from '../support/builders.ts'

const other = idOf('project', 'other')
const parent = idOf('task', 'parent')
const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }

/** Numbers in [0, 1) that are the same in each run. */
const drawsFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const named = (n: number): string => idOf('task', `t${n}`)
const born = (n: number, changes: Partial<Task> = {}): Task =>
  aTask({
    id: named(n),
    key: `OPS-${n + 1}`,
    ranks: { [projectId]: firstRank(start + n * 60_000, new Uint8Array(3)) },
    ...changes,
  })

/** Neighbours of every status, some in the archive, some in the trash. */
const mixed = (n: number): Task =>
  born(n, {
    status: statuses[n % 5] ?? 'open',
    ...(n % 7 === 3 && { archivedAt: minutes(0), archivedWith: named(n) }),
    ...(n % 11 === 5 && { trashedAt: minutes(0), trashedWith: named(n) }),
  })

const startList = async (tasks: readonly Task[]) => {
  const followed = followedTable()
  for (const task of tasks) await followed.stores.tasks.add(task)
  await followed.drain()
  const read = async (id: string): Promise<Task> => {
    const task = await followed.stores.tasks.task(workspaceId, id)
    if (task === undefined) throw new Error(`no task ${id}`)
    return task
  }
  const setRank = async (id: string, rank: string, inProject = projectId): Promise<void> => {
    const task = await read(id)
    const next = revise(task, { ranks: { ...task.ranks, [inProject]: rank } }, editor)
    expect(await followed.stores.tasks.replace(next)).toEqual({ won: true })
  }
  /** Ids in the order of their ranks, as they stand in the tasks themselves. */
  const order = (inProject = projectId): string[] =>
    followed
      .tasks()
      .flatMap(({ id, ranks }) => (ranks[inProject] === undefined ? [] : [{ id, rank: ranks[inProject] }]))
      .sort(compareRanked)
      .map(({ id }) => id)
  const longest = (inProject = projectId): number =>
    Math.max(...followed.tasks().map(({ ranks }) => ranks[inProject]?.length ?? 0))
  return { ...followed, read, setRank, order, longest }
}
type List = Awaited<ReturnType<typeof startList>>

/** Moves a task right behind another one of a plain array, as the route does. */
const moveBehind = async (list: List, ids: string[], moved: string, after: string, random: number) => {
  ids.splice(ids.indexOf(moved), 1)
  const at = ids.indexOf(after) + 1
  const rankOf = async (id: string | undefined) =>
    id === undefined ? null : ((await list.read(id)).ranks[projectId] ?? null)
  const placed = rankBetween(await rankOf(after), await rankOf(ids[at]), random)
  if (placed.kind !== 'between') throw new Error(placed.kind)
  ids.splice(at, 0, moved)
  await list.setRank(moved, placed.rank)
}

/** A rank between the tasks 10 and 11, and longer than any should stay. */
const longRank = `${firstRank(start + 10 * 60_000, new Uint8Array(3))}${'z'.repeat(14)}`

describe('a rank that has grown long', () => {
  test('is shortened with those around it, of whatever status, also in the archive and the trash; the order stays', async () => {
    const list = await startList(Array.from({ length: 60 }, (_, n) => mixed(n)))
    const draw = drawsFrom(7)
    const ids = list.order()
    const pivot = named(10)
    for (let move = 0; move < 160; move++) {
      const moved = ids[(ids.indexOf(pivot) + 30) % ids.length] ?? ''
      await moveBehind(list, ids, moved, pivot, draw())
      await list.drain()
      expect(list.order()).toEqual(ids)
      expect(list.longest()).toBeLessThanOrEqual(maxRankLength)
    }
  })

  test('is no change that people see, and the lists follow it', async () => {
    const list = await startList(Array.from({ length: 20 }, (_, n) => mixed(n)))
    await list.setRank(named(15), longRank)
    await list.drain()
    const moved = await list.read(named(15))
    expect(moved.ranks[projectId]?.length).toBeLessThanOrEqual(20)
    expect(moved.version).toBe(2)
    expect(moved.revision).toBeGreaterThan(2)
    expect(list.itemsOf('event').every(({ taskVersion }) => Number(taskVersion) <= 2)).toBe(true)
    const others = list.tasks().filter(({ id }) => id !== named(15))
    expect(others.some(({ revision }) => revision > 1)).toBe(true)
    expect(others.every(({ version }) => version === 1)).toBe(true)
    for (const item of list.itemsOf('task')) {
      const ranks = item.ranks as Record<string, string>
      expect(item.rankKey).toBe(`${ranks[projectId]}#${item.id}`)
    }
  })

  test('takes the links in further projects and under the task above along', async () => {
    const further = (n: number) => {
      const rank = firstRank(start + n * 60_000, new Uint8Array(3))
      return born(n, { ranks: { [projectId]: rank, [other]: rank }, parentId: parent, ancestorIds: [parent] })
    }
    const list = await startList([
      aTask({ id: parent, key: 'OPS-99' }),
      ...Array.from({ length: 20 }, (_, n) => further(n)),
    ])
    const before = list.order(other)
    await list.setRank(named(11), longRank, other)
    await list.setRank(named(12), longRank, projectId)
    await list.drain()
    expect([list.longest(other) <= 20, list.longest() <= 20]).toEqual([true, true])
    expect(list.order(other)).toEqual(before)
    const links = list.itemsOf('link')
    expect(links).toHaveLength(40)
    for (const link of links) {
      const { ranks } = await list.read(String(link.id))
      const inProject = String(link.list).includes(other) ? other : projectId
      expect(link.rankKey).toBe(`${ranks[inProject]}#${link.id}`)
    }
  })

  test('never jumps over neighbours that were out of sight, though others behind them were in it', async () => {
    // There is no room in front of them.
    const crowdedRank = (n: number) => `h${'0'.repeat(19)}${100 + n}1`
    const crowded = (n: number) => born(n, { ranks: { [projectId]: crowdedRank(n) } })
    const far = born(500, {
      archivedAt: minutes(0),
      archivedWith: named(500),
      ranks: { [projectId]: 'h0000000V' },
    })
    const list = await startList([...Array.from({ length: 200 }, (_, n) => crowded(n)), far])
    // Fourteen in front, fifty behind, the archived one: a window of 64 ends before it.
    await list.setRank(named(13), `${crowdedRank(13)}V`)
    const before = list.order()
    await list.drain()
    expect(list.order()).toEqual(before)
    expect(list.longest()).toBeLessThanOrEqual(maxRankLength)
  })

  test('is shortened once, however often its record comes', async () => {
    const list = await startList(Array.from({ length: 30 }, (_, n) => mixed(n)))
    await list.setRank(named(15), longRank)
    await list.deliver(undefined, 3)
    const revisions = list.tasks().map(({ revision }) => revision)
    while (list.waiting.length > 0) await list.deliver(undefined, 2)
    expect(list.tasks().map(({ revision }) => revision)).toEqual(revisions)
  })

  test('is left alone where the task has moved on before the record is read', async () => {
    const list = await startList(Array.from({ length: 30 }, (_, n) => mixed(n)))
    await list.setRank(named(15), longRank)
    await list.setRank(named(15), firstRank(start, Uint8Array.from([9, 9, 9])))
    await list.drain()
    expect(list.tasks().filter(({ revision }) => revision > 1)).toHaveLength(1)
  })

  test('because it met equal ones comes apart with all of them, in the order of their ids', async () => {
    const rank = firstRank(start + 10 * 60_000, new Uint8Array(3))
    const tied = [10, 11, 12, 13, 14]
    const list = await startList(
      Array.from({ length: 30 }, (_, n) => born(n, tied.includes(n) ? { ranks: { [projectId]: rank } } : {})),
    )
    const placed = rankBetween(rank, rank, 0.5)
    if (placed.kind !== 'tie') throw new Error(placed.kind)
    await list.setRank(named(20), placed.rank)
    const order = list.order()
    expect(order.slice(10, 16)).toEqual([...tied.map(named).sort(), named(20)])
    await list.drain()
    expect(list.order()).toEqual(order)
    expect(new Set(list.tasks().map(({ ranks }) => ranks[projectId])).size).toBe(30)
  })
})

describe('whoever writes meanwhile', () => {
  test('keeps what was written, and the ranks are shortened all the same', async () => {
    const list = await startList(Array.from({ length: 30 }, (_, n) => mixed(n)))
    const { derived } = list.world
    const rivals: string[] = []
    const rerank: typeof derived.rerank = async (inProject, all) => {
      const rival = all[0]?.task.id
      if (rivals.length < 3 && rival !== undefined) {
        rivals.push(rival)
        const task = await list.read(rival)
        await list.stores.tasks.replace(revise(task, { title: `Edit ${rivals.length}` }, editor))
      }
      return derived.rerank(inProject, all)
    }
    Object.assign(list.world, { derived: { ...derived, rerank } })
    await list.setRank(named(15), longRank)
    const before = list.order()
    await list.drain()
    expect(rivals).toHaveLength(3)
    expect((await list.read(rivals[2] ?? '')).title).toBe('Edit 3')
    expect(list.longest()).toBeLessThanOrEqual(20)
    expect(list.order()).toEqual(before)
  })

  test('without end is given way to: the record is done with, and the next long rank goes on', async () => {
    const list = await startList(Array.from({ length: 30 }, (_, n) => mixed(n)))
    const { derived } = list.world
    const world = { ...derived, rerank: async () => false }
    Object.assign(list.world, { derived: world })
    await list.setRank(named(15), longRank)
    await list.drain()
    expect(list.longest()).toBe(longRank.length)
    Object.assign(list.world, { derived })
    await list.setRank(named(16), `${longRank}z`)
    await list.drain()
    expect(list.longest()).toBeLessThanOrEqual(20)
  })
})
