/** The instant (RFC 3339, UTC, milliseconds) behind another. */
export const justAfter = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString()
