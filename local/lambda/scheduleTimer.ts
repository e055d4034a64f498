import { randomUUID } from 'node:crypto'
import type { ScheduledEvent } from 'aws-lambda'
import type { Schedule } from '../../shared/api/declaration.ts'
import { partsOf } from '../../shared/api/parts.ts'
import { localAccount, localRegion } from '../parts/part.ts'
import type { Invoke } from './invoke.ts'
import { type Log, startWorker, type Worker } from './worker.ts'

export interface ScheduleTimerOptions {
  readonly schedule: Schedule
  readonly invoke: Invoke
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Waits for so many milliseconds or until the timer is stopped. */
  readonly wait?: (milliseconds: number, stopping: AbortSignal) => Promise<void>
}

/**
 * Runs a function on the clock as an EventBridge rate rule does, aligned to the full minute. One run at a
 * time: a tick that comes while the last run is still at work is left out, and the next one follows.
 */
export function startScheduleTimer(options: ScheduleTimerOptions): Worker {
  const { schedule, invoke, log, now = Date.now } = options
  const period = schedule.everyMinutes * 60_000
  return startWorker(schedule.name, log, async (pause, stopping) => {
    const tick = (Math.floor(now() / period) + 1) * period
    while (now() < tick && !stopping.aborted) {
      await (options.wait?.(tick - now(), stopping) ?? pause(tick - now()))
    }
    if (stopping.aborted) return
    const runs = partsOf(schedule).map((part) =>
      invoke(schedule.name, { ...eventAt(schedule, tick), ...part }).catch((error: unknown) => {
        log(`${schedule.name} failed: ${(error as Error).message}`)
      }),
    )
    await Promise.all(runs)
  })
}

const eventAt = (schedule: Schedule, time: number): ScheduledEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: localAccount,
  time: new Date(time).toISOString().replace('.000Z', 'Z'),
  region: localRegion,
  resources: [`arn:aws:events:${localRegion}:${localAccount}:rule/${schedule.name}`],
  detail: {},
})
