/*
 * What clocks show, from nothing but `Intl.DateTimeFormat`: by search, not by the calculation that is tested.
 */

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const numeric = 'numeric' as const
  const present =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
      ...{ hour: numeric, minute: numeric, second: numeric },
    })
  formats.set(zone, present)
  return present
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds; whole seconds. */
const offsetAt = (zone: string, instant: number): number => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant
}

/** A change of the clocks of a zone. */
export interface ClockChange {
  readonly zone: string
  /** The first instant after it. */
  readonly at: number
  readonly before: number
  readonly after: number
}

/** Changes of a zone between two instants, provided that no two lie within a day. */
export const changesOf = (zone: string, from: number, until: number): ClockChange[] => {
  const all: ClockChange[] = []
  for (let start = from; start < until; start += dayMs) {
    const [before, after] = [offsetAt(zone, start), offsetAt(zone, start + dayMs)]
    if (before === after) continue
    let [low, high] = [start, start + dayMs]
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000
      if (offsetAt(zone, middle) === before) low = middle
      else high = middle
    }
    all.push({ zone, at: high, before, after })
  }
  return all
}

/**
 * The instant at which clocks show a wall time (`2026-03-29T02:30`) in the days around a change: the first of two; of a
 * time that they skip, the one that clocks would show that had not been changed.
 */
export const instantAround = (
  change: ClockChange,
  wall: string,
): { at: number; kind: 'once' | 'twice' | 'never' } => {
  const utc = Date.parse(`${wall}:00Z`)
  const offset = (instant: number) => (instant < change.at ? change.before : change.after)
  const showing = [utc - change.before, utc - change.after]
    .filter((instant) => instant + offset(instant) === utc)
    .sort((a, b) => a - b)
  const [first = utc - change.before] = showing
  return { at: first, kind: showing.length === 2 ? 'twice' : showing.length === 1 ? 'once' : 'never' }
}

/** The calendar day that clocks show at the change, plus some days. */
export const dateAround = (change: ClockChange, days: number): string =>
  new Date(change.at - 1000 + change.before + days * dayMs).toISOString().slice(0, 10)
