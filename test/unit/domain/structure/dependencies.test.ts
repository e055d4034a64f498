import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LinkKind, linkKinds } from '../../../../shared/api/schemas/task.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import {
  arrowOf,
  directed,
  inverseOf,
  reaches,
  refuseLoop,
  refuseSelf,
  refuseTooMany,
} from '../../../../shared/domain/structure/dependencies.ts'

const refusal = async (run: () => unknown): Promise<unknown> => {
  try {
    await run()
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, errors: error.errors, detail: error.message }
    throw error
  }
  return undefined
}
const saying = (detail: string) => ({
  code: 'invalid-request',
  errors: [{ pointer: '/taskId', detail }],
  detail: '',
})

type Graph = ReadonlyMap<string, readonly string[]>

/** A few tasks with many arrows, so that there are circles, diamonds and parts that do not meet. */
const graph: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 12 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, n) => `t${n}`)
  return fc
    .array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 2 * size })
    .map((arrows) => new Map(ids.map((id) => [id, arrows.filter(([a]) => a === id).map(([, b]) => b)])))
})
const question = graph.chain((arrows) => {
  const any = fc.constantFrom(...arrows.keys())
  return fc.tuple(fc.constant(arrows), any, any)
})

/** Reads levels of a graph and notes each. */
const readerOf = (arrows: Graph) => {
  const levels: (readonly string[])[] = []
  const read = async (ids: readonly string[]) => {
    levels.push(ids)
    return ids.map((id) => arrows.get(id) ?? [])
  }
  return { levels, read }
}

/** Depth first and recursive, as an oracle. */
const leads = (arrows: Graph, from: string, to: string, seen = new Set<string>()): boolean => {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return (arrows.get(from) ?? []).some((next) => leads(arrows, next, to, seen))
}

/** Tasks each of which leads to the next. */
const chainOf = (length: number): Graph =>
  new Map(Array.from({ length }, (_, n) => [`t${n}`, n + 1 < length ? [`t${n + 1}`] : []]))

describe('a way from one task to another', () => {
  test('is found exactly when a walk through the whole graph finds it', async () => {
    await fc.assert(
      fc.asyncProperty(question, async ([arrows, from, to]) => {
        expect(await reaches(from, to, readerOf(arrows).read)).toBe(leads(arrows, from, to))
      }),
      { numRuns: 2000 },
    )
  })

  test('is looked for level by level, each in one read, and no task twice', async () => {
    await fc.assert(
      fc.asyncProperty(question, async ([arrows, from]) => {
        const { levels, read } = readerOf(arrows)
        await reaches(from, 'nowhere', read)
        expect(levels[0]).toEqual([from])
        const all = levels.flat()
        expect(new Set(all).size).toBe(all.length)
        levels.slice(1).forEach((level, n) => {
          const before = (levels[n] ?? []).flatMap((id) => arrows.get(id) ?? [])
          expect(level.every((id) => before.includes(id))).toBe(true)
        })
      }),
    )
  })

  test('costs no read to itself, and none beyond the level it is found in', async () => {
    const { levels, read } = readerOf(chainOf(10))
    expect(await reaches('t0', 't0', read)).toBe(true)
    expect(levels).toEqual([])
    expect(await reaches('t0', 't3', read)).toBe(true)
    expect(levels).toEqual([['t0'], ['t1'], ['t2']])
  })

  test('is given up with a clear answer beyond a thousand tasks, deep or broad', async () => {
    const answer = {
      code: 'conflict',
      errors: [],
      detail: 'More than 1000 tasks depend on one another here.',
    }
    const broad = (count: number): Graph =>
      new Map([['t0', Array.from({ length: count - 1 }, (_, n) => `b${n}`)]])
    for (const shape of [chainOf, broad]) {
      expect(await reaches('t0', 'nowhere', readerOf(shape(1000)).read)).toBe(false)
      expect(await refusal(() => reaches('t0', 'nowhere', readerOf(shape(1001)).read))).toEqual(answer)
    }
  })
})

describe('a link', () => {
  test('seen from the other end twice is the same', () => {
    for (const kind of linkKinds) expect(inverseOf(inverseOf(kind))).toBe(kind)
    expect(linkKinds.map(inverseOf)).toEqual([
      'blockedBy',
      'blocks',
      'relatesTo',
      'duplicatedBy',
      'duplicates',
    ])
  })

  test('points the same way whichever end names it; one that relates points nowhere', () => {
    for (const kind of linkKinds) {
      expect(arrowOf(kind, 'a', 'b')).toEqual(arrowOf(inverseOf(kind), 'b', 'a'))
    }
    for (const kind of directed) expect(arrowOf(kind, 'a', 'b')).toEqual({ kind, from: 'a', to: 'b' })
    expect(arrowOf('relatesTo', 'a', 'b')).toBeUndefined()
  })

  test('from a task to itself is refused', async () => {
    expect(await refusal(() => refuseSelf('a', 'a'))).toEqual(saying('must be another task'))
    expect(await refusal(() => refuseSelf('a', 'b'))).toBeUndefined()
  })

  test('is the hundredth at most', async () => {
    expect(await refusal(() => refuseTooMany(99))).toBeUndefined()
    expect(await refusal(() => refuseTooMany(100))).toEqual(saying('a task has at most 100 links'))
  })

  test('never closes a circle, in whatever order and from whichever end links are made', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const link = fc.tuple(
      fc.constantFrom<LinkKind>('blocks', 'blockedBy'),
      fc.constantFrom(...ids),
      fc.constantFrom(...ids),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(link, { maxLength: 15 }), async (links) => {
        const arrows = new Map<string, string[]>(ids.map((id) => [id, []]))
        for (const [kind, one, other] of links) {
          const arrow = arrowOf(kind, one, other)
          if (arrow === undefined) throw new Error('it points nowhere')
          const closes = leads(arrows, arrow.to, arrow.from)
          const refused = await refusal(() => refuseLoop(arrow, readerOf(arrows).read))
          const circle = 'would make the tasks wait for one another in a circle'
          expect(refused).toEqual(closes ? saying(circle) : undefined)
          if (!closes) arrows.get(arrow.from)?.push(arrow.to)
        }
      }),
    )
    const arrow = { kind: 'duplicates', from: 'a', to: 'b' } as const
    expect(await refusal(() => refuseLoop(arrow, readerOf(new Map([['b', ['a']]])).read))).toEqual(
      saying('would make the tasks duplicates of one another in a circle'),
    )
  })
})
