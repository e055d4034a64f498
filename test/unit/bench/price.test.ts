import { describe, expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import { priceOf, tiered } from '../../bench/capacity/price.ts'
import { callsPerMonth } from '../../bench/capacity/usage.ts'
import { ordinaryCalls } from '../../support/ordinary/measureRoutes.ts'

describe('a tiered price', () => {
  const tiers = [{ upTo: 100, usd: 0 }, { upTo: 300, usd: 2 }, { usd: 1 }]
  test.each([
    [0, 0],
    [100, 0],
    [101, 2],
    [300, 400],
    [310, 410],
  ])('of %i is %i', (quantity, usd) => expect(tiered(tiers, quantity)).toBe(usd))

  test('follows the published examples', () => {
    // 10,000 free, 90,000 at 0.0055, 10,000 at 0.0046.
    expect(priceOf('peopleLite', 110_000)).toBeCloseTo(541, 6)
    expect(priceOf('tableWrites', 1_000_000)).toBeCloseTo(0.7625, 6)
  })
})

test('the usage profile names the measured routes, every one and no other', () => {
  const measured = routes.map(({ name }) => name).filter((name) => ordinaryCalls[name] !== undefined)
  expect(Object.keys(callsPerMonth).sort()).toEqual(measured.sort())
})
