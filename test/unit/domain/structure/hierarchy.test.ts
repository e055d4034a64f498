import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../../../shared/domain/failure.ts'
import {
  heightOf,
  isChain,
  type Nested,
  pathUnder,
  placeUnder,
  refuseCycle,
  refuseDepth,
  staleAncestors,
} from '../../../../shared/domain/structure/hierarchy.ts'

const cycle = 'a task cannot stand under itself or one of its subtasks'
const depth = 'tasks nest at most eight levels deep'

/** What a refusal says, or `undefined` when there is none. */
const refusal = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, errors: error.errors }
    throw error
  }
  return undefined
}
const saying = (detail: string) => ({ code: 'invalid-request', errors: [{ pointer: '/parentId', detail }] })

type Forest = ReadonlyMap<string, Nested>

const idOf = (n: number): string => `t${n}`
const pathIn = (parents: readonly (number | null)[], n: number): string[] => {
  const parent = parents[n] ?? null
  return parent === null ? [] : [...pathIn(parents, parent), idOf(parent)]
}

/** Trees of at most eight levels, deep rather than broad: each task stands under one of the last few, or under none. */
const forest: fc.Arbitrary<Forest> = fc
  .array(fc.option(fc.nat(3), { freq: 20 }), { minLength: 10, maxLength: 30 })
  .map((choices) => {
    const parents: (number | null)[] = []
    choices.forEach((choice, n) => {
      const wanted = choice === null || n === 0 ? null : Math.max(0, n - 1 - choice)
      parents.push(wanted !== null && pathIn(parents, wanted).length < 7 ? wanted : null)
    })
    const tasks = parents.map((parent, n) => ({
      id: idOf(n),
      parentId: parent === null ? null : idOf(parent),
      ancestorIds: pathIn(parents, n),
    }))
    return new Map(tasks.map((task) => [task.id, task]))
  })

/** A forest with a task to move and a task to move it under. */
const move = forest.chain((tasks) => {
  const any = fc.constantFrom(...tasks.values())
  return fc.record({ tasks: fc.constant(tasks), task: any, parent: any })
})

const childrenIn =
  (tasks: Forest) =>
  async (ids: readonly string[]): Promise<string[]> =>
    [...tasks.values()]
      .filter(({ parentId }) => parentId !== null && ids.includes(parentId))
      .map(({ id }) => id)

/** Plain recursion over children, as an oracle. */
const levelsOf = (tasks: Forest, id: string): number => {
  const below = [...tasks.values()].filter(({ parentId }) => parentId === id)
  return 1 + Math.max(0, ...below.map((child) => levelsOf(tasks, child.id)))
}
const isWithin = (tasks: Forest, id: string | null, top: string): boolean =>
  id !== null && (id === top || isWithin(tasks, tasks.get(id)?.parentId ?? null, top))

const ancestorsIn = (tasks: Forest, parent: Nested) => parent.ancestorIds.map((id) => tasks.get(id))

describe('a task put under another', () => {
  test('stands below the whole chain, unless that makes a circle or a ninth level', async () => {
    const seen = { circle: 0, deep: 0, fine: 0 }
    await fc.assert(
      fc.asyncProperty(move, async ({ tasks, task, parent }) => {
        const height = await heightOf(task.id, childrenIn(tasks))
        const ancestors = ancestorsIn(tasks, parent)
        const run = () => placeUnder({ id: task.id, height }, parent, ancestors)
        const level = parent.ancestorIds.length + 1
        if (isWithin(tasks, parent.id, task.id)) {
          seen.circle++
          expect(refusal(run)).toEqual(saying(cycle))
        } else if (level + levelsOf(tasks, task.id) > 8) {
          seen.deep++
          expect(refusal(run)).toEqual(saying(depth))
        } else {
          seen.fine++
          expect(run()).toEqual({ kind: 'under', ancestorIds: [...parent.ancestorIds, parent.id] })
        }
      }),
      { numRuns: 1000 },
    )
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20)
  })

  test('waits for a chain that has just changed: any ancestor that stands elsewhere or is gone', () => {
    const strange = fc.constantFrom(null, 'elsewhere')
    fc.assert(
      fc.property(move, fc.nat(), strange, fc.boolean(), ({ tasks, parent }, pick, elsewhere, isGone) => {
        const ancestors = ancestorsIn(tasks, parent)
        fc.pre(ancestors.length > 0)
        const at = pick % ancestors.length
        const moved = ancestors[at] as Nested
        fc.pre(isGone || moved.parentId !== elsewhere)
        const changed = ancestors.with(at, isGone ? undefined : { ...moved, parentId: elsewhere })
        expect(placeUnder({ id: 'new', height: 1 }, parent, changed)).toEqual({ kind: 'stale' })
        expect(isChain(parent, changed)).toBe(false)
      }),
    )
  })

  test('waits as well when the parent itself has moved, deeper or to the top', () => {
    const parent = { id: 'p', parentId: 'a', ancestorIds: ['a'] }
    const a = { id: 'a', parentId: null, ancestorIds: [] }
    expect(isChain(parent, [a])).toBe(true)
    expect(isChain({ ...parent, parentId: 'b' }, [a])).toBe(false)
    expect(isChain({ ...parent, parentId: null }, [a])).toBe(false)
    expect(isChain({ ...parent, ancestorIds: [] }, [])).toBe(false)
    expect(isChain(parent, [{ ...a, parentId: 'b' }])).toBe(false)
  })

  test('finds its ancestors again after the parent of its parent has moved and all copies follow', () => {
    const parent = { id: 'p', parentId: 'a', ancestorIds: ['a'] }
    const chain = [
      { id: 'b', parentId: null, ancestorIds: [] },
      { id: 'a', parentId: 'b', ancestorIds: [] },
    ]
    // The copy of the parent trails; what was read tells.
    expect(placeUnder({ id: 'new', height: 1 }, parent, chain)).toEqual({
      kind: 'under',
      ancestorIds: ['b', 'a', 'p'],
    })
  })
})

describe('one by one', () => {
  test('the path under a parent is its own and the parent', () => {
    expect(pathUnder(null)).toEqual([])
    expect(pathUnder({ id: 'p', ancestorIds: ['a', 'b'] })).toEqual(['a', 'b', 'p'])
  })

  test('a circle is refused: under itself, under a child, under a child of a child', () => {
    const p = { id: 'p', parentId: 'a', ancestorIds: ['a'] }
    const a = { id: 'a', parentId: null, ancestorIds: [] }
    for (const id of ['p', 'a']) expect(refusal(() => refuseCycle(id, p, [a]))).toEqual(saying(cycle))
    expect(refusal(() => refuseCycle('c', p, [a]))).toBeUndefined()
  })

  test.each([
    [0, 7, true],
    [0, 8, false],
    [6, 1, true],
    [7, 1, false],
    [3, 4, true],
    [3, 5, false],
  ])('under a parent with %i ancestors, %i levels: allowed %s', (ancestors, height, isAllowed) => {
    expect(refusal(() => refuseDepth(ancestors, height))).toEqual(isAllowed ? undefined : saying(depth))
  })

  test('the height counts levels, each in one read, and ends even in data that go round in circles', async () => {
    await fc.assert(
      fc.asyncProperty(move, async ({ tasks, task }) => {
        expect(await heightOf(task.id, childrenIn(tasks))).toBe(levelsOf(tasks, task.id))
      }),
    )
    let reads = 0
    const height = await heightOf('a', async ([id]) => {
      reads++
      return [id === 'a' ? 'b' : 'a']
    })
    expect([height, reads]).toEqual([9, 8])
  })

  test('a chain that never comes to rest is a conflict to try again', () => {
    expect(
      refusal(() => {
        throw staleAncestors()
      }),
    ).toEqual({ code: 'conflict', errors: [{ pointer: '/parentId', detail: 'is being moved' }] })
  })
})
