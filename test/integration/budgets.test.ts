import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { deviations } from '../support/ordinary/deviations.ts'
import { type MeasuredRoute, measureRoutes, ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import { startTeam, type Team } from '../support/ordinary/team.ts'

let team: Team
let measured: ReadonlyMap<string, MeasuredRoute>

beforeAll(async () => {
  team = await startTeam()
  measured = new Map((await measureRoutes(team)).map((one) => [one.route.name, one]))
}, 180_000)
afterAll(() => team.app.close())

const budgeted = routes.filter(({ name }) => ordinaryCalls[name] !== undefined)

describe('an ordinary call costs what its route declares', () => {
  test.each(budgeted.map((route) => [route.name, route] as const))('%s', (name, route) => {
    const { status, cost } = measured.get(name) as MeasuredRoute
    expect(status).toBe(route.reply.status)
    expect(deviations(route.budget, cost), cost.trace.join('\n')).toEqual([])
  })
})

test('every route is measured, or touches no table and declares no cost', () => {
  const others = routes.filter(({ name }) => ordinaryCalls[name] === undefined)
  for (const { name, uses, budget } of others) {
    expect([name, uses.table]).toEqual([name, undefined])
    expect([name, budget]).toEqual([name, { depth: 0, calls: 0, readUnits: 0, writeUnits: 0 }])
  }
  const names = new Set(routes.map(({ name }) => name))
  expect(Object.keys(ordinaryCalls).filter((name) => !names.has(name))).toEqual([])
})

/** Routes that a decision lets go deeper, by how deep. */
const deeperIn = (decision: string): ReadonlyMap<string, number> => {
  const text = readFileSync(new URL(`../../docs/decisions/${decision}.md`, import.meta.url), 'utf8')
  return new Map(
    [...text.matchAll(/^\| `(\w+)` +\| (\d+) /gm)].map(([, name = '', depth]) => [name, Number(depth)]),
  )
}
const deeper = deeperIn('0013-deeper-writes')
const deeperReads = new Map(
  ['0024-groups', '0025-audit-log', '0028-live', '0029-one-row-for-a-notice'].flatMap((name) => [
    ...deeperIn(name),
  ]),
)

test('reads are one round trip deep, writes two, save those that a decision names', () => {
  for (const { name, method, budget } of routes) {
    const most = method === 'GET' ? (deeperReads.get(name) ?? 1) : (deeper.get(name) ?? 2)
    expect(budget.depth, name).toBeLessThanOrEqual(most)
  }
  const deep = routes.filter(({ budget }) => budget.depth > 2).map(({ name, budget }) => [name, budget.depth])
  expect(Object.fromEntries(deeper)).toEqual(Object.fromEntries(deep))
  const reads = routes.filter(({ method, budget }) => method === 'GET' && budget.depth > 1)
  expect([...deeperReads.keys()].sort()).toEqual(reads.map(({ name }) => name).sort())
})

describe('a budget does not hold', () => {
  const cost = { depth: 2, calls: 2, readUnits: 4, writeUnits: 8, failed: 0, trace: [] }
  test.each([
    ['below one of the figures', { depth: 2, calls: 2, readUnits: 3, writeUnits: 8 }, 1],
    ['wildly above the units', { depth: 2, calls: 2, readUnits: 11, writeUnits: 19 }, 2],
    ['with other counts', { depth: 1, calls: 3, readUnits: 4, writeUnits: 8 }, 2],
    ['never otherwise', { depth: 2, calls: 2, readUnits: 10, writeUnits: 18 }, 0],
  ])('%s', (_, declared, figures) => {
    expect(deviations(declared, cost)).toHaveLength(figures)
  })
  test('when an operation failed, whose cost nobody told', () => {
    expect(deviations(cost, { ...cost, failed: 1 })).toEqual(['1 operations failed'])
  })
})
