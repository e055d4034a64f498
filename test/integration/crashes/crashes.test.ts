import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '../../support/app.ts'
import { loadFunctions, presentTable, unloadFunctions } from './aws/functions.ts'
import { assignment } from './flows/assignment.ts'
import { bulk } from './flows/bulk.ts'
import { reminder } from './flows/reminder.ts'
import { setStage, type Theatre } from './stage.ts'
import { nothingYet, tryEachStep, tryFoul } from './trials.ts'

/** Runs of each flow in foul weather. */
const seeds = Array.from({ length: 400 }, (_, n) => n + 1)

let theatre: Theatre
beforeAll(async () => {
  theatre = { app: await startApp(() => presentTable), handlers: await loadFunctions() }
})
afterAll(async () => {
  unloadFunctions()
  await theatre.app.close()
})

test.each([assignment, reminder, bulk])(
  '$name: killed at every step, nothing is lost, nor doubled outside the window',
  async (flow) => {
    const outcome = nothingYet()
    const stage = await setStage(theatre, flow)
    const began = performance.now()
    const steps = await tryEachStep(theatre, stage, outcome)
    console.info(
      flow.name,
      steps,
      outcome.runs,
      outcome.deaths,
      outcome.doubled,
      outcome.wrong.length,
      performance.now() - began,
    )
    await tryFoul(theatre, stage, { seeds, steps }, outcome)
    console.info(
      flow.name,
      steps,
      outcome.runs,
      outcome.deaths,
      outcome.doubled,
      outcome.wrong.length,
      performance.now() - began,
    )
    expect(outcome.wrong.slice(0, 10)).toEqual([])
  },
  120_000,
)
