import { expect, test } from 'vitest'
import { trials } from '../../support/depth.ts'
import { assignment } from './flows/assignment.ts'
import { setStage } from './stage.ts'
import { theatreOfFile } from './theatre.ts'
import { nothingYet, tryFoul } from './trials.ts'

/** What these tests would be worth if they saw nothing. */
const spoils = [
  ['acknowledges first', /0 instead of 1/],
  ['forgets conditions', /came 2 times, of which 0 may be doubles/],
  ['loses a message', /0 instead of 1/],
] as const
const seeds = Array.from({ length: trials(400) }, (_, n) => n + 1)
const theatre = theatreOfFile()

test.each(spoils)('a cloud that %s is found out', async (spoil, finding) => {
  const outcome = nothingYet()
  const stage = await setStage(theatre(), assignment)
  await tryFoul(theatre(), stage, { seeds, steps: 40, spoil }, outcome)
  expect(outcome.wrong.join('\n')).toMatch(finding)
})
