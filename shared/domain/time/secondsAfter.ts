/** An instant (RFC 3339, UTC, milliseconds) so many seconds after another. */
export const secondsAfter = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString()
