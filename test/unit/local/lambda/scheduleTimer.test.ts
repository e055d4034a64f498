import type { ScheduledEvent } from 'aws-lambda'
import { expect, test, vi } from 'vitest'
import { startScheduleTimer } from '../../../../local/lambda/scheduleTimer.ts'
import type { Schedule } from '../../../../shared/api/declaration.ts'

const schedule: Schedule = {
  kind: 'schedule',
  name: 'sweep',
  summary: 'test',
  timeoutSeconds: 5,
  everyMinutes: 1,
  uses: {},
}
const at = (time: string) => Date.parse(`2026-03-01T${time}Z`)

/** A clock that a wait moves on, until `until`. */
function startTimer(options: {
  from: string
  until: string
  work?: (advance: (to: string) => void) => void
}) {
  let time = at(options.from)
  const ticks: string[] = []
  const advance = (to: string) => {
    time = at(to)
  }
  const timer = startScheduleTimer({
    schedule,
    log: () => undefined,
    now: () => time,
    wait: async (milliseconds, stopping) => {
      if (time + milliseconds > at(options.until)) {
        await new Promise((resolve) => stopping.addEventListener('abort', resolve))
      } else time += milliseconds
    },
    invoke: async (_name, event) => {
      ticks.push((event as ScheduledEvent).time)
      options.work?.(advance)
    },
  })
  return { timer, ticks }
}

test('ticks fall on full minutes and carry their time', async () => {
  const { timer, ticks } = startTimer({ from: '10:00:20', until: '10:03:00' })
  await vi.waitFor(() => expect(ticks).toHaveLength(3))
  await timer.stop()
  expect(ticks).toEqual(['2026-03-01T10:01:00Z', '2026-03-01T10:02:00Z', '2026-03-01T10:03:00Z'])
})

test('a run that takes longer than a minute leaves out the ticks it overlaps, and fails alone', async () => {
  const { timer, ticks } = startTimer({
    from: '10:00:00',
    until: '10:04:00',
    work: (advance) => {
      if (ticks.length > 1) return
      advance('10:03:10')
      throw new Error('slow and broken')
    },
  })
  await vi.waitFor(() => expect(ticks).toHaveLength(2))
  await timer.stop()
  expect(ticks).toEqual(['2026-03-01T10:01:00Z', '2026-03-01T10:04:00Z'])
})
