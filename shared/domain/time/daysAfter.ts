/** Days of 24 hours, as elapsed time has them: no zone and no change of clocks plays a part. */
export const dayMs = 86_400_000

/** An instant (RFC 3339, UTC, milliseconds) so many days after another, or after the beginning of a date. */
export const daysAfter = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMs).toISOString()
