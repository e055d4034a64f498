import { type DeliverySweep, sweepDeliveries } from '../domain/webhooks/sweep.ts'
import { eventLog } from './log.ts'

/** Handler of the minute rule for deliveries that wait. Sweeps up to now: what is due is due. */
export const onDeliverySchedule = (world: DeliverySweep, clock: () => number) => async (): Promise<void> => {
  const started = clock()
  const swept = await sweepDeliveries(new Date(started).toISOString(), world)
  if (swept > 0) eventLog({ event: 'deliveries.swept', deliveries: swept, milliseconds: clock() - started })
}
