import { daysAfter } from './daysAfter.ts'
import { instantOf, wallTimeAt } from './instants.ts'

/** Local times of day, `22:00`; `to` before `from` is that of the next day. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

const dateAfter = (date: string, days: number): string => daysAfter(date, days).slice(0, 10)

/**
 * When the quiet hours end that an instant lies in; `undefined` when it lies in none. Both RFC 3339, UTC, milliseconds.
 * Each night is reckoned from its own wall times: one that the clocks skip moves forward, of a doubled one the first counts.
 */
export const quietUntil = (now: string, { from, to }: QuietHours, zone: string): string | undefined => {
  const today = wallTimeAt(now, zone).slice(0, 10)
  // What began yesterday may end today; what begins today may end tomorrow.
  for (const endsOn of [today, dateAfter(today, 1)]) {
    const beginsOn = from < to ? endsOn : dateAfter(endsOn, -1)
    const end = instantOf(`${endsOn}T${to}`, zone)
    if (instantOf(`${beginsOn}T${from}`, zone) <= now && now < end) return end
  }
  return undefined
}
