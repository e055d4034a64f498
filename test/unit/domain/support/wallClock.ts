/** What clocks on walls show, asked of `Intl.DateTimeFormat` alone; the product computes with another library. */
const minuteMs = 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

/** `2026-03-29T03:00`: what a clock in the zone shows at an instant (milliseconds). */
export const wallAt = (instant: number, zone: string): string =>
  formatOf(zone).format(instant).replace(' ', 'T')

/** Minutes that clocks of the zone are ahead of UTC. */
export const offsetAt = (instant: number, zone: string): number =>
  (Date.parse(`${wallAt(instant, zone)}Z`) - instant) / minuteMs

/** The first instant, to the minute, at which the offset is another than at `from`; it is so at `to`. */
const changeBetween = (from: number, to: number, zone: string): number => {
  const before = offsetAt(from, zone)
  let [low, high] = [from, to]
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs
    if (offsetAt(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

/** All instants between two at which clocks of the zone change. */
export const changesOf = (zone: string, start: number, end: number): number[] => {
  const step = 7 * 86_400_000
  const changes: number[] = []
  for (let at = start; at < end; at += step) {
    if (offsetAt(at, zone) !== offsetAt(at + step, zone)) changes.push(changeBetween(at, at + step, zone))
  }
  return changes
}
