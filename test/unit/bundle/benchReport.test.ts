import { describe, expect, it } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import { httpBudget, overBudget } from '../../bench/budget.ts'
import { median } from '../../bench/median.ts'
import { markdownOf } from '../../bench/section.ts'

const name = routes[0]?.name ?? ''
const good = { name, bytes: httpBudget.bytes, coldRatio: httpBudget.coldRatio }

describe('the budget', () => {
  it('holds up to its limits and not past them', () => {
    expect(overBudget([good])).toEqual([])
    expect(overBudget([{ ...good, bytes: 260_001 }])).toEqual([`${name} has 260001 bytes, more than 260000`])
    expect(overBudget([{ ...good, coldRatio: 0.61 }])).toEqual([
      `${name} starts at 0.61 of the bare SDK, more than 0.6`,
    ])
  })

  it('does not take a failed measurement for a good one', () => {
    expect(overBudget([{ ...good, coldRatio: Number.NaN }])).toHaveLength(1)
  })

  it('binds functions behind the API only', () => {
    expect(overBudget([{ name: 'sendNotification', bytes: 400_000, coldRatio: 0.9 }])).toEqual([])
  })
})

describe('the report', () => {
  it('prints a section as a table that lines up', () => {
    const section = {
      title: 'Sizes',
      columns: ['Function', 'Bytes'],
      rows: [
        ['a', 5],
        ['longName', 123_456],
      ],
    }
    expect(markdownOf(section)).toBe(
      [
        '## Sizes',
        '',
        '| Function |  Bytes |',
        '| -------- | -----: |',
        '| a        |      5 |',
        '| longName | 123456 |',
        '',
      ].join('\n'),
    )
  })

  it('takes the middle of the measurements', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNaN()
  })
})
