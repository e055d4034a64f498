/** Wall time in a zone, to the second, as the API takes it: `2026-11-21T09:00:30`. */
export const wallTime = (instant: number, zone: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(instant)
    .replace(' ', 'T')

/** An instant without its milliseconds, which wall times do not have. */
export const wholeSecond = (instant: number): number => Math.floor(instant / 1000) * 1000

/** The first full minute after an instant: when the sweep runs. */
export const nextMinute = (instant: number): number => (Math.floor(instant / 60_000) + 1) * 60_000
