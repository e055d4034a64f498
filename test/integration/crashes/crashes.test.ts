import { expect, test } from 'vitest'
import { sampled, trials } from '../../support/depth.ts'
import { flows } from './flows/all.ts'
import { summary } from './report.ts'
import { setStage } from './stage.ts'
import { theatreOfFile } from './theatre.ts'
import { nothingYet, tryEachStep, tryFoul } from './trials.ts'

/** Runs of each flow in foul weather. */
const seeds = Array.from({ length: trials(400) }, (_, n) => n + 1)
const theatre = theatreOfFile()

test.each(flows)(
  '$name: whatever step goes wrong, each is told once, but for the documented window',
  async (flow) => {
    const outcome = nothingYet()
    const stage = await setStage(theatre(), flow)
    const steps = await tryEachStep(theatre(), stage, outcome, (plans) => sampled(plans, 2))
    await tryFoul(theatre(), stage, { seeds, steps }, outcome)
    console.info(summary(flow.name, steps, outcome))
    expect(outcome.wrong.slice(0, 10)).toEqual([])
  },
  300_000,
)
