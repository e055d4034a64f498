import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ListPage } from '../../../../shared/domain/ports.ts'
import { mergePages } from '../../../../shared/domain/tasks/mergePages.ts'
import { rowOf } from '../../../../shared/domain/tasks/present.ts'
import { aTask } from '../support/builders.ts'

type Row = ListPage['rows'][number]
const rowAt = (n: number): Row => {
  const id = `tsk_${String(n).padStart(3, '0')}`
  return { row: { ...rowOf(aTask()), id }, position: id }
}
const idsOf = ({ rows }: ListPage): string[] => rows.map(({ row }) => row.id)

/** A page of a list of these numbers, behind a position. */
const pageOf = (
  numbers: readonly number[],
  descending: boolean,
  limit: number,
  behind?: string,
): ListPage => {
  const rows = numbers.map(rowAt).sort((a, b) => (a.position < b.position ? -1 : 1))
  const ordered = descending ? rows.toReversed() : rows
  const isBehind = ({ position }: Row) =>
    behind === undefined || (descending ? position < behind : position > behind)
  const left = ordered.filter(isBehind)
  return { rows: left.slice(0, limit), more: left.length > limit }
}

describe('pages of several lists, merged', () => {
  test('give every task once, in order, whatever the lists and however short their pages', () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 })
    const lists = fc.array(fc.record({ numbers: list, own: fc.integer({ min: 1, max: 7 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(lists, fc.boolean(), fc.integer({ min: 1, max: 9 }), (all, descending, limit) => {
        const seen: string[] = []
        let behind: string | undefined
        for (let turn = 0; turn < 400; turn++) {
          const pages = all.map(({ numbers, own }) =>
            pageOf(numbers, descending, Math.min(own, limit), behind),
          )
          const merged = mergePages(pages, { descending, limit })
          expect(merged.rows.length).toBeLessThanOrEqual(limit)
          seen.push(...idsOf(merged))
          if (!merged.more) break
          // A page that goes on always gets somewhere.
          expect(merged.rows.length).toBeGreaterThan(0)
          behind = merged.rows.at(-1)?.position
        }
        const wanted = [...new Set(all.flatMap(({ numbers }) => numbers))]
          .map((n) => rowAt(n).position)
          .sort()
        expect(seen).toEqual(descending ? wanted.toReversed() : wanted)
      }),
    )
  })

  test('have a task once also while its links differ', () => {
    const moved = { ...rowAt(3), position: 'tsk_009' }
    const merged = mergePages(
      [
        { rows: [rowAt(1), rowAt(3)], more: false },
        { rows: [moved], more: false },
      ],
      { descending: false, limit: 10 },
    )
    expect(merged.rows.map(({ position }) => position)).toEqual(['tsk_001', 'tsk_003'])
  })
})
