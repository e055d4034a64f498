import { daysAfter } from './daysAfter.ts'
import { instantOf, wallTimeAt } from './instants.ts'

const minuteMs = 60_000

/** Next instant at which a clock of the zone shows a full multiple of so many minutes of the hour. */
export const nextFull = (minutes: number, now: string, zone: string): string => {
  const at = Date.parse(now)
  const wall = Date.parse(`${wallTimeAt(now, zone)}Z`) + (at % 1000)
  const length = minutes * minuteMs
  return new Date(at + length - (wall % length)).toISOString()
}

/** Next instant at which a day of the zone comes to an hour, 0 to 23. */
export const nextHour = (hour: number, now: string, zone: string): string => {
  const today = wallTimeAt(now, zone).slice(0, 10)
  for (let days = 0; ; days++) {
    const date = daysAfter(today, days).slice(0, 10)
    const at = instantOf(`${date}T${String(hour).padStart(2, '0')}:00`, zone)
    if (at > now) return at
  }
}
