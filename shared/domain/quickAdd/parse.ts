import type { NotUnderstood, QuickAddLine, QuickAddToken } from '../../api/schemas/quickAdd.ts'
import { findRecurrence } from '../recurrence/phrase.ts'
import { wallTimeAt } from '../time/instants.ts'
import { assemble, bodyOf } from './assemble.ts'
import { findDays } from './days.ts'
import { type Found, type Here, mask, matchAt } from './found.ts'
import { blank, dayBefore, dayBehind, doneBox, limits, unmasked } from './grammar.ts'
import { linesOf, type RawLine } from './lines.ts'
import { type Fault, refuseText } from './refuse.ts'
import { closed, scan } from './scan.ts'
import { settle } from './settle.ts'
import { timeAt } from './times.ts'

/** What has been found in a line so far, and the line without it. */
interface Progress {
  readonly found: readonly Found[]
  readonly masked: string
}

const add = ({ found, masked }: Progress, more: readonly Found[]): Progress => ({
  found: [...found, ...more],
  masked: more.reduce((text, one) => mask(text, one, blank.day), masked),
})

/** The first phrase of recurrence; a second one is found as well, to be told about. */
const addRecurrences = (before: Progress, today: string): Progress =>
  [1, 2].reduce((progress) => {
    const phrase = findRecurrence(progress.masked, today)
    if (phrase === undefined) return progress
    const { start, end, rule, from } = phrase
    const found = { start, end, sense: { kind: 'recurrence', value: { rule, from } } } as const
    return add(progress, [closed(progress.masked, found)])
  }, before)

const addDays = (progress: Progress, today: string): Progress => {
  const isRecurring = progress.found.some((one) => 'sense' in one && one.sense.kind === 'recurrence')
  return add(
    progress,
    findDays(progress.masked, today, isRecurring).map((day) => closed(progress.masked, day)),
  )
}

/** "9:30" and "noon" beside what has been recognised as a day. */
const addTimes = (progress: Progress): Progress => {
  const { masked } = progress
  const times = Array.from(masked.matchAll(unmasked)).flatMap(({ index }) => {
    const time = timeAt(masked, index, true)
    if (time === undefined) return []
    const isBeside =
      dayBefore.test(masked.slice(Math.max(0, index - 4), index)) ||
      dayBehind.test(masked.slice(time.end, time.end + 4))
    return isBeside ? closed(masked, time) : []
  })
  return add(progress, times)
}

const findAll = (text: string, from: number, here: Here): Found[] => {
  const today = here.wall.slice(0, 10)
  const scanned = scan(text, from, here)
  return settle(addTimes(addDays(addRecurrences(scanned, today), today)).found, text, here)
}

const bodyFound = (text: string, here: Here): Found[] => {
  const { at, title } = bodyOf(text)
  if (title !== undefined) return []
  const done = matchAt(doneBox, text, at)
  if (done === undefined) return findAll(text, at, here)
  const end = at + done[0].length
  return [{ start: at, end, reason: 'A new task is not done yet.' }, ...findAll(text, end, here)]
}

/** A line with its tokens, their offsets in the whole text. */
const readLine = (line: RawLine, here: Here): QuickAddLine => {
  const tokens: QuickAddToken[] = []
  const notUnderstood: NotUnderstood[] = []
  for (const one of bodyFound(line.text, here)) {
    const { start, end } = one
    const span = { start: line.start + start, end: line.start + end, text: line.text.slice(start, end) }
    if ('sense' in one) tokens.push({ ...one.sense, ...span })
    if ('reason' in one) notUnderstood.push({ ...span, reason: one.reason })
  }
  return assemble(line, tokens, notUnderstood, here)
}

const faultOf = ({ title, text, start }: QuickAddLine): Fault | undefined => {
  const { length } = [...title]
  const span = { start, end: start + text.length }
  if (length === 0) return { ...span, detail: 'A task needs a title beside its tokens.' }
  if (length > limits.title) return { ...span, detail: `A title has at most ${limits.title} characters.` }
  return undefined
}

/** Where and when somebody writes: `now` is an instant (RFC 3339), `zone` an IANA time zone. */
export const hereAt = (now: string, zone: string): Here => ({
  now,
  zone,
  wall: wallTimeAt(now, zone).slice(0, 16),
})

/**
 * The tasks that a text names, one for each line that is not blank. Spans are offsets in UTF-16 code units into the
 * whole text. Nothing is looked up: names of people and projects are as typed. What looks like a token and is none
 * is in `notUnderstood`, and in the title. Throws `invalid-request` with `spans` when a line has no title, or too
 * long a one, and when lines are too many, too long or indented so that it is not clear what belongs to what.
 */
export const parseQuickAdd = (text: string, here: Here): QuickAddLine[] => {
  const lines = linesOf(text).map((line) => readLine(line, here))
  const faults = lines.map(faultOf).filter((fault) => fault !== undefined)
  if (faults.length > 0) throw refuseText(faults)
  return lines
}
