import { type SweepWorld, sweep } from '../domain/pipeline/sweep.ts'
import { eventLog } from './log.ts'

/** Handler of the minute rule. Sweeps up to now, not to the time of the rule: what is due is due. */
export const onSchedule = (world: SweepWorld, clock: () => number) => async (): Promise<void> => {
  const started = clock()
  const swept = await sweep(new Date(started).toISOString(), world)
  if (swept > 0) eventLog({ event: 'reminders.swept', tasks: swept, milliseconds: clock() - started })
}
