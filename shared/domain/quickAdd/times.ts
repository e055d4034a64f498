import { wallTimeAt } from '../time/instants.ts'
import { type Found, type Here, matchAt } from './found.ts'
import { minutesOf, notAt, rangeGoesOn, words, zoneName } from './grammar.ts'

const two = (value: number): string => String(value).padStart(2, '0')

const clockOf = ([, , hour12, minute12, half, hour24, minute24]: RegExpExecArray): string => {
  if (hour24 !== undefined) return `${two(Number(hour24))}:${minute24}`
  if (hour12 === undefined) return '12:00'
  const afternoon = half?.toLowerCase() === 'p' ? 12 : 0
  return `${two((Number(hour12) % 12) + afternoon)}:${minute12 ?? '00'}`
}

/** A time that needs no day beside it: with am or pm, after "at", or with an hour of two digits. */
const isPlain = ([, prefix, , , half, hour24]: RegExpExecArray): boolean =>
  prefix !== undefined || half !== undefined || hour24?.length === 2

/** The time of day that begins at `at`. `beside`: a day stands next to it. */
export const timeAt = (text: string, at: number, beside: boolean): Found | undefined => {
  const match = matchAt(words.time, text, at)
  if (match === undefined || !(beside || isPlain(match))) return undefined
  if (notAt.test(text.slice(Math.max(0, at - 10), at))) return undefined
  const end = at + match[0].length
  const rest = text.slice(end, end + 10)
  if (rangeGoesOn.test(rest)) return undefined
  const zone = zoneName.exec(rest)
  if (zone === null) return { start: at, end, sense: { kind: 'time', value: clockOf(match) } }
  return { start: at, end: end + zone[0].length, reason: 'Times are in your own zone: leave the zone out.' }
}

/** Minutes that a unit of time has, by any of its names. */
export const minutesIn = (unit: string): number => minutesOf[unit.charAt(0).toLowerCase()] ?? 0

/** "in 2 hours": elapsed time, whatever clocks do meanwhile. */
export const soonAt = (text: string, at: number, here: Here): Found | undefined => {
  const match = matchAt(words.soon, text, at)
  if (match === undefined) return undefined
  const [phrase, count = '', unit = ''] = match
  const minutes = (Number(count) || (count === '0' ? 0 : 1)) * minutesIn(unit)
  const then = new Date(Date.parse(here.now) + minutes * 60_000).toISOString()
  const value = wallTimeAt(then, here.zone).slice(0, 16)
  return { start: at, end: at + phrase.length, sense: { kind: 'dateTime', value } }
}
