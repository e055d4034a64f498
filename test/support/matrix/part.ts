import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import type { Expectation } from './expectations.ts'
import { cellsOf } from './plan.ts'
import { rows } from './rows.ts'
import { type Stage, setStage } from './stage.ts'
import { walk } from './walk.ts'

const parts = 5

/** The routes of one part: every fifth one, so that a new one is in some part without a word. */
const walked = (part: number) =>
  routes.filter(({ name }) => rows[name] !== undefined).filter((_, index) => index % parts === part - 1)

/** Tests one part of the authorisation matrix. */
export const testPart = (part: number): void => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  }, 120_000)
  afterAll(() => stage.app.close())

  describe(`authorisation matrix, part ${part} of ${parts}: everybody is answered as required`, () => {
    test.each(walked(part).map((route) => [route.name, route] as const))('%s', async (name, route) => {
      const row = rows[name] as Expectation
      expect(await walk(stage, route, row, cellsOf(route, row))).toEqual([])
    })
  })
}
