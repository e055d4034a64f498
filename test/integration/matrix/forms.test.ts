import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import type { Expectation } from '../../support/matrix/expectations.ts'
import { inForm, otherFormsOf } from '../../support/matrix/forms.ts'
import { patienceMs } from '../../support/matrix/part.ts'
import { cellsOf } from '../../support/matrix/plan.ts'
import { rows } from '../../support/matrix/rows.ts'
import { type Stage, setStage } from '../../support/matrix/stage.ts'
import { walk } from '../../support/matrix/walk.ts'

const forms = routes.flatMap((route) => {
  const { group, ...row } = rows[route.name] ?? {}
  return otherFormsOf(row as Expectation).map((form) => ({ route, form, group }))
})

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
}, 120_000)
afterAll(() => stage.app.close())

describe('authorisation matrix: a route that takes the request of another is answered like that one', () => {
  const cells = forms.map((one) => [one.route.name, one.form.of.name, one] as const)
  const check = async (_: string, name: string, { route, form, group }: (typeof forms)[number]) => {
    const row = { ...rows[name], group } as Expectation
    const asked = { route, form: inForm(form) }
    expect(await walk(stage, form.of, row, cellsOf(form.of, row), asked)).toEqual([])
  }
  test.each(cells)('%s, of %s', check, patienceMs)
})
