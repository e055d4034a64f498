import { expect, test } from 'vitest'
import { seedsOf } from '../../support/depth.ts'
import { assignment } from './flows/assignment.ts'
import { waiting } from './flows/waiting.ts'
import { judge } from './judge.ts'
import { play, setStage } from './stage.ts'
import { theatreOfFile } from './theatre.ts'

/** Longer than a message is tried, and than a mail waits for its hour. */
const mailDownHours = 10
const seeds = [undefined, ...seedsOf(150)]
const theatre = theatreOfFile()

test.each([assignment, waiting])(
  '$name: what was parked while the mail service was down arrives once when it is sent again',
  async (flow) => {
    const stage = await setStage(theatre(), flow)
    const wrong: string[] = []
    let parked = 0
    for (const seed of seeds) {
      const played = await play(theatre(), stage, {
        plan: new Map(),
        mailDownHours,
        ...(seed !== undefined && { seed }),
      })
      const { cloud } = played
      // Until then whoever runs it has seen the alarm.
      cloud.time.at(stage.at + mailDownHours * 3_600_000, () => undefined)
      await cloud.untilQuiet()
      const queues = [...cloud.queues.values()]
      parked += queues.reduce((sum, queue) => sum + queue.parked.length, 0)
      for (const queue of queues) queue.redrive()
      await cloud.untilQuiet()
      const { faults } = await judge(played, stage)
      if (faults.length > 0) wrong.push(`seed ${seed}: ${faults.join('; ')}`)
    }
    console.info(`${flow.name}: ${seeds.length} runs, ${parked} messages were parked and sent again`)
    expect(parked).toBeGreaterThan(seeds.length)
    expect(wrong.slice(0, 5)).toEqual([])
  },
  120_000,
)
