import { expect, test } from 'vitest'
import { sampled, seedsOf } from '../../support/depth.ts'
import { engineStorage } from './aws/engineStorage.ts'
import { flows } from './flows/all.ts'
import { summary } from './report.ts'
import { setStage } from './stage.ts'
import { theatreOfFile } from './theatre.ts'
import { nothingYet, tryEachStep, tryFoul } from './trials.ts'

/** A few of the runs, on the real engine. */
const seeds = seedsOf(4)
const theatre = theatreOfFile(engineStorage)

test.each(flows)(
  '$name: the same holds on the real engine',
  async (flow) => {
    const outcome = nothingYet()
    const stage = await setStage(theatre(), flow)
    const steps = await tryEachStep(theatre(), stage, outcome, (plans) => sampled(plans, 128, 32))
    await tryFoul(theatre(), stage, { seeds, steps }, outcome)
    console.info(summary(flow.name, steps, outcome))
    expect(outcome.wrong).toEqual([])
  },
  // A test that is given up goes on, and would get into the way of the next one.
  900_000,
)
