import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { Expectation } from './expectations.ts'
import { cellsOf } from './plan.ts'
import { rows } from './rows.ts'
import { type Stage, setStage } from './stage.ts'
import { walk } from './walk.ts'

const parts = 5
/** Hundreds of requests each; the machine may have others to serve. */
export const patienceMs = 240_000

const isSpending = ({ name }: RouteDeclaration): number => (rows[name]?.spends === true ? 1 : 0)

/**
 * The routes of one part: every fifth one, so that a new one is in some part without a word. Those after which callers
 * are somebody else come last.
 */
const walked = (part: number) =>
  routes
    .filter(({ name }) => rows[name] !== undefined)
    .filter((_, index) => index % parts === part - 1)
    .toSorted((one, other) => isSpending(one) - isSpending(other))

/** Tests one part of the authorisation matrix. */
export const testPart = (part: number): void => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 120_000)
  afterAll(() => stage.app.close())

  describe(`authorisation matrix, part ${part} of ${parts}: everybody is answered as required`, () => {
    const cells = walked(part).map((route) => [route.name, route] as const)
    const check = async (name: string, route: RouteDeclaration): Promise<void> => {
      const row = rows[name] as Expectation
      expect(await walk(stage, route, row, cellsOf(route, row))).toEqual([])
    }
    test.each(cells)('%s', check, patienceMs)
  })
}
