import { expect, test } from 'vitest'
import { sampled, seedsOf } from '../../support/depth.ts'
import { flows } from './flows/all.ts'
import { summary } from './report.ts'
import { setStage } from './stage.ts'
import { theatreOfFile } from './theatre.ts'
import { nothingYet, tryEachStep, tryFoul } from './trials.ts'

/** Runs of each flow in foul weather. */
const seeds = seedsOf(400)
/**
 * Steps of an invocation between the acceptance of a mail or a request and the write of it: three of its own, and as many
 * of each of the nine others that may come with it.
 */
const widest = 30
const theatre = theatreOfFile()
let [runs, deaths] = [0, 0]

test.each(flows)(
  '$name: whatever step goes wrong, each is told once, but for the documented window',
  async (flow) => {
    const outcome = nothingYet()
    const stage = await setStage(theatre(), flow)
    const steps = await tryEachStep(theatre(), stage, outcome, (plans) => sampled(plans, 2))
    await tryFoul(theatre(), stage, { seeds, steps }, outcome)
    console.info(summary(flow.name, steps, outcome))
    runs += outcome.runs
    deaths += outcome.deaths
    expect(outcome.wrong.slice(0, 10)).toEqual([])
    expect(Math.max(...outcome.windows.map((window) => window.steps))).toBeLessThanOrEqual(widest)
  },
  300_000,
)

test('thousands of runs were made, and functions died in many of them', () => {
  expect(runs).toBeGreaterThan(2_000)
  expect(deaths).toBeGreaterThan(runs / 4)
})
