import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  changedPaths,
  type Tracked,
  trackedFields,
  valueAt,
  versionsAfter,
  withValue,
} from '../../../../shared/domain/tasks/paths.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { lived } from '../support/arbitraryStates.ts'
import { aTask, idOf } from '../support/builders.ts'

/** What the history tells of a task. */
const trackedOf = (task: Tracked) => Object.fromEntries(trackedFields.map((field) => [field, task[field]]))
/** `from`, with what stands in `to` at some paths. */
const taken = (from: Task, to: Task, paths: readonly string[]): Task =>
  paths.reduce((state, path) => withValue(state, path, valueAt(to, path)), from)

const maps = [
  'customFields',
  'links',
  'ranks',
  'columns',
  'checklist',
  'timeEntries',
  'attachments',
] as const satisfies readonly (keyof Tracked)[]

describe('the paths at which two states differ', () => {
  test('lead from one to the other and back, in any order', () => {
    const shuffled = fc.tuple(lived, lived).chain(([from, to]) => {
      const paths = changedPaths(from, to)
      return fc.tuple(
        fc.constant(from),
        fc.constant(to),
        fc.shuffledSubarray(paths, { minLength: paths.length }),
      )
    })
    fc.assert(
      fc.property(shuffled, ([from, to, paths]) => {
        expect(trackedOf(taken(from, to, paths))).toEqual(trackedOf(to))
        expect(trackedOf(taken(to, from, paths))).toEqual(trackedOf(from))
        expect(changedPaths(to, from).sort()).toEqual([...paths].sort())
      }),
      { numRuns: 300 },
    )
  })

  test('are all needed: each holds something else in the two', () => {
    fc.assert(
      fc.property(lived, lived, (from, to) => {
        const paths = changedPaths(from, to)
        expect(new Set(paths).size).toBe(paths.length)
        for (const path of paths)
          expect(isDeepStrictEqual(valueAt(from, path), valueAt(to, path))).toBe(false)
        expect(paths.length === 0).toBe(isDeepStrictEqual(trackedOf(from), trackedOf(to)))
      }),
    )
  })

  test('of two copies of one state are none', () => {
    fc.assert(
      fc.property(lived, (state) => {
        expect(changedPaths(state, structuredClone(state))).toEqual([])
      }),
    )
  })

  test.each(maps)('name the entries of %s one by one', (field) => {
    const before = aTask({ [field]: { gone: 1, changed: 1, kept: 1 } })
    const after = aTask({ [field]: { changed: 2, kept: 1, fresh: 1 } })
    expect(changedPaths(before, after).sort()).toEqual([
      `${field}/changed`,
      `${field}/fresh`,
      `${field}/gone`,
    ])
    expect(valueAt(after, `${field}/gone`)).toBeNull()
  })

  test('name metadata, lists and dates as a whole', () => {
    const before = aTask({
      metadata: { a: 1, b: { c: 1 } },
      tags: ['x', 'y'],
      due: { date: '2026-12-01', zone: 'UTC' },
    })
    const after = aTask({
      metadata: { a: 1, b: { c: 2 } },
      tags: ['y', 'x'],
      due: { date: '2026-12-01', zone: 'Asia/Tokyo' },
    })
    expect(changedPaths(before, after).sort()).toEqual(['due', 'metadata', 'tags'])
  })
})

describe('edits at different paths', () => {
  test('do not meet: whichever comes first, both stand', () => {
    fc.assert(
      fc.property(lived, lived, lived, (base, one, two) => {
        const mine = changedPaths(base, one)
        const theirs = changedPaths(base, two).filter((path) => !mine.includes(path))
        const [first, second] = [
          taken(taken(base, one, mine), two, theirs),
          taken(taken(base, two, theirs), one, mine),
        ]
        expect(trackedOf(first)).toEqual(trackedOf(second))
      }),
    )
  })
})

describe('versions of paths', () => {
  const [item, field] = [idOf('checklistItem', 'one'), idOf('customField', 'one')]
  const entry = { text: 'Pack', done: false, rank: 'h1' }

  test('are those of their latest changes', () => {
    const versions = versionsAfter({ title: 2, due: 3 }, ['due', `customFields/${field}`], aTask(), 4)
    expect(versions).toEqual({ title: 2, due: 4, [`customFields/${field}`]: 4 })
  })

  test('of a custom field outlive its value, which may come again under its id', () => {
    const path = `customFields/${field}`
    expect(versionsAfter({ [path]: 2 }, [path], aTask(), 3)).toEqual({ [path]: 3 })
  })

  test('of an entry go with it when its id is never used again, so that they do not pile up', () => {
    const path = `checklist/${item}`
    const present = aTask({ checklist: { [item]: entry } })
    const versions = versionsAfter({}, [path], present, 2)
    expect(versions).toEqual({ [path]: 2 })
    expect(versionsAfter(versions, [path], aTask(), 3)).toEqual({})
  })

  test('of links that come and go do not pile up: the latest are kept, and those that stand', () => {
    const linkTo = (n: number) => idOf('task', `other ${n}`)
    const links = { [linkTo(0)]: 'blocks' } as const
    let versions: Record<string, number> = { title: 2, [`links/${linkTo(0)}`]: 3 }
    const last = 1_000
    for (let n = 4; n <= last; n++)
      versions = versionsAfter(versions, [`links/${linkTo(n)}`], aTask({ links }), n)
    expect(Object.keys(versions).length).toBeLessThan(300)
    expect(versions).toMatchObject({ title: 2, [`links/${linkTo(0)}`]: 3, [`links/${linkTo(last)}`]: last })
  })
})
