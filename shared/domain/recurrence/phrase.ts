/**
 * Recurrence in English, found in a line of text. The grammar:
 *
 *   phrase    = ("every" | "each") ["!"] subject tail*  |  adverb tail*
 *   adverb    = "daily" | "weekly" | "fortnightly" | "monthly" | "quarterly" | "yearly" | "annually"
 *   subject   = [number | "other" | ordinal] unit | ["other"] days | dates | positions | months
 *   unit      = "day" | "week" | "fortnight" | "month" | "quarter" | "year", or the plural
 *   days      = list of ["each"] weekday ["-" weekday] | "weekday" | "workday" | "weekend" (its Saturday)
 *   dates     = list of month and number: "jan 15", "15th of January"
 *   positions = list of ["the"] ordinal ["to last"] [weekday | "workday" | "day"], then ["of the month" | "of" months]
 *   months    = list of months
 *   tail      = [","] ( "on" (dates | positions | days) | "in" months | "until" date
 *             | ["for"] number "times" | ["counted"] ("from" | "after") "completion" )
 *   date      = "2027-03-01" | "1 March 2027" | "March 1, 2027", without a year where today is known
 *   list of x = x ((",", "and", "&" or "/") x)*
 *
 * `every!` counts from completion. An adverb stands alone: before a further word it describes that ("weekly report").
 * What does not fit ends the phrase before it; but an "until" that cannot be read is no reason to go on for ever.
 * Times of day never belong to a phrase.
 */
import { attempt, known, listOf, peek, type Reader, take, wordsOf } from './reader.ts'
import { formatRule, parseRule, type Rule } from './rule.ts'
import type { RuleDay } from './ruleParts.ts'
import { adverbAt, monthAt, numberAt, numeralAt, ordinalAt, unitAt, weekdayAt } from './vocabulary.ts'

type Draft = { -readonly [Part in keyof Rule]: Rule[Part] } & { from: 'schedule' | 'completion' }
/** A line in which a year that is left out can be the next from a day on. */
type Line = Reader & { readonly today: string | undefined }

const workdays: readonly number[] = [0, 1, 2, 3, 4]
const everyDay: Rule = {
  freq: 'DAILY',
  interval: 1,
  byMonth: [],
  byWeekNo: [],
  byYearDay: [],
  byMonthDay: [],
  byDay: [],
  bySetPos: [],
  weekStart: 0,
}

const daysAt = (reader: Reader): number[] | undefined => {
  if (take(reader, 'weekday', 'workday', 'weekdays', 'workdays')) return [...workdays]
  if (take(reader, 'weekend', 'weekends')) return [5]
  const ranges = listOf(reader, () => {
    take(reader, 'each')
    const first = weekdayAt(reader)
    if (first === undefined) return undefined
    const last = attempt(reader, () => (take(reader, '-', '–') ? weekdayAt(reader) : undefined)) ?? first
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, n) => (first + n) % 7)
  })
  return ranges && [...new Set(ranges.flat())]
}

const dayOfMonthAt = (reader: Reader) => numeralAt(reader) ?? numberAt(reader)
const monthDayAt = (reader: Reader): { month: number; day: number } | undefined =>
  attempt(reader, () => {
    const month = monthAt(reader)
    const day = take(reader, 'the') && month === undefined ? undefined : dayOfMonthAt(reader)
    if (day === undefined) return undefined
    if (month !== undefined) return { month, day }
    take(reader, 'of')
    const after = monthAt(reader)
    return after === undefined ? undefined : { month: after, day }
  })

/** What an ordinal counts: days of the month, workdays, a weekday (0 is Monday), or what the next in the list says. */
type Counted = 'day' | 'workday' | number | undefined
interface Position {
  readonly nth: number
  /** `1st` means a day of the month by itself, `first` does not. */
  readonly isNumeral: boolean
  readonly counted: Counted
}

const positionAt = (reader: Reader): Position | undefined => {
  take(reader, 'the')
  const isNumeral = /^\d/.test(peek(reader))
  const ordinal = ordinalAt(reader)
  const isLast =
    attempt(reader, () => {
      if (ordinal !== undefined) take(reader, 'to')
      return take(reader, 'last') || undefined
    }) ?? false
  if (ordinal === undefined && !isLast) return undefined
  const nth = isLast ? -(ordinal ?? 1) : (ordinal ?? 1)
  if (take(reader, 'day', 'days')) return { nth, isNumeral, counted: 'day' }
  if (take(reader, 'workday', 'weekday')) return { nth, isNumeral, counted: 'workday' }
  return { nth, isNumeral, counted: weekdayAt(reader) }
}

/** "1st and 3rd Friday": an ordinal without a noun has that of the next. */
const withNouns = (positions: readonly Position[]): (Position & { counted: Counted })[] => {
  let noun: Counted
  return positions.toReversed().map((position) => {
    noun = position.counted ?? noun
    return { ...position, counted: noun ?? (position.isNumeral && position.nth > 0 ? 'day' : undefined) }
  })
}

const setPositions = (draft: Draft, positions: readonly Position[]): boolean => {
  const all = withNouns(positions).toReversed()
  const nths = all.map(({ nth }) => nth)
  if (all.every(({ counted }) => counted === 'workday')) {
    draft.byDay = workdays.map((weekday) => ({ ordinal: 0, weekday }))
    draft.bySetPos = nths
    return true
  }
  if (all.every(({ counted }) => counted === 'day')) {
    draft.byMonthDay = nths
    return true
  }
  draft.byDay = all.flatMap(({ nth, counted }): RuleDay[] =>
    typeof counted === 'number' ? [{ ordinal: nth, weekday: counted }] : [],
  )
  return draft.byDay.length === all.length
}
const readPositions = (reader: Reader, draft: Draft): boolean => {
  const positions = listOf(reader, positionAt)
  return positions !== undefined && setPositions(draft, positions)
}

const readDays = (reader: Reader, draft: Draft): boolean => {
  const days = daysAt(reader)
  draft.byDay = (days ?? []).map((weekday) => ({ ordinal: 0, weekday }))
  return days !== undefined
}

/** Months and days of them; a rule can say each of these days in each of these months, and nothing else. */
const readDates = (reader: Reader, draft: Draft): boolean => {
  const dates = listOf(reader, monthDayAt)
  if (dates === undefined) return false
  draft.byMonth = [...new Set(dates.map(({ month }) => month))]
  draft.byMonthDay = [...new Set(dates.map(({ day }) => day))]
  return draft.byMonth.length * draft.byMonthDay.length === dates.length
}

const readMonths = (reader: Reader, draft: Draft): boolean => {
  const months = listOf(reader, monthAt)
  draft.byMonth = months ?? []
  return months !== undefined
}

/** Every 2nd day is an interval; the 1st day is one of the month, and so is what "of" follows. */
const readUnit = (reader: Reader, draft: Draft): boolean => {
  const ordinal = take(reader, 'other') ? 2 : ordinalAt(reader)
  const nth = ordinal ?? numberAt(reader) ?? 1
  const unit = ordinal === 1 ? undefined : unitAt(reader)
  if (unit === undefined || peek(reader) === 'of') return false
  draft.freq = unit[0]
  draft.interval = unit[1] * nth
  return true
}

/** "of the month" says nothing new, but belongs to the phrase. */
const takeOfMonth = (reader: Reader): boolean =>
  attempt(reader, () => {
    const isOf = take(reader, 'of', 'in') && take(reader, 'the', 'each', 'every') && take(reader, 'month')
    return isOf || undefined
  }) ?? false

const readSubjects: readonly ((reader: Reader, draft: Draft) => boolean)[] = [
  readUnit,
  (reader, draft) => {
    draft.freq = 'WEEKLY'
    draft.interval = take(reader, 'other') ? 2 : 1
    return readDays(reader, draft)
  },
  (reader, draft) => {
    draft.freq = 'YEARLY'
    return readDates(reader, draft)
  },
  (reader, draft) => {
    draft.freq = 'MONTHLY'
    if (!readPositions(reader, draft)) return false
    if (takeOfMonth(reader) || !take(reader, 'of', 'in')) return true
    draft.freq = 'YEARLY'
    return readMonths(reader, draft)
  },
  (reader, draft) => {
    draft.freq = 'YEARLY'
    return readMonths(reader, draft) && !/^\d+(st|nd|rd|th)?$/.test(peek(reader))
  },
]

const dateText = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** The date, or without a year the first such from today on. */
const dateAt = (reader: Line): string | undefined => {
  const iso = known(reader, (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined))
  if (iso !== undefined) return iso
  const date = monthDayAt(reader)
  if (date === undefined) return undefined
  const year = attempt(reader, () => {
    take(reader, ',')
    return known(reader, (text) => (/^\d{4}$/.test(text) ? Number(text) : undefined))
  })
  if (year !== undefined) return dateText(year, date.month, date.day)
  if (reader.today === undefined) return undefined
  const thisYear = Number(reader.today.slice(0, 4))
  const next = dateText(thisYear, date.month, date.day)
  return next < reader.today ? dateText(thisYear + 1, date.month, date.day) : next
}

const readTails: readonly ((reader: Line, draft: Draft) => boolean)[] = [
  (reader, draft) => take(reader, 'on') && readDates(reader, draft),
  (reader, draft) => {
    if (!take(reader, 'on') || !readPositions(reader, draft)) return false
    takeOfMonth(reader)
    return true
  },
  (reader, draft) => take(reader, 'on') && readDays(reader, draft),
  (reader, draft) => take(reader, 'in') && draft.byMonth.length === 0 && readMonths(reader, draft),
  (reader, draft) => {
    draft.until = take(reader, 'until', 'till') ? dateAt(reader) : undefined
    return draft.until !== undefined
  },
  (reader, draft) => {
    take(reader, 'for')
    draft.count = numberAt(reader)
    return draft.count !== undefined && take(reader, 'times', 'time')
  },
  (reader, draft) => {
    take(reader, 'counted')
    draft.from = 'completion'
    return take(reader, 'from', 'after') && take(reader, 'completion')
  },
]

/** The draft after the first of `readers` that fits and leaves a rule that can be. */
const extended = (reader: Line, draft: Draft, readers: typeof readTails): Draft | undefined => {
  for (const read of readers) {
    const next = attempt(reader, () => {
      const copy = { ...draft }
      return read(reader, copy) && !('problem' in parseRule(formatRule(copy))) ? copy : undefined
    })
    if (next !== undefined) return next
  }
  return undefined
}

const withTails = (reader: Line, subject: Draft): Draft => {
  let draft = subject
  for (;;) {
    const next = attempt(reader, () => {
      take(reader, ',')
      return extended(reader, draft, readTails)
    })
    if (next === undefined) return draft
    draft = next
  }
}

/** Words that may follow a bare adverb: what comes then is a time or a date. */
const afterAdverb = new Set(
  'at on by in from until till starting before after today tomorrow noon midnight'.split(' '),
)
const adverbPhraseAt = (reader: Line): Draft | undefined => {
  const unit = adverbAt(reader)
  if (unit === undefined) return undefined
  const draft: Draft = { ...everyDay, freq: unit[0], interval: unit[1], from: 'schedule' }
  const whole = withTails(reader, draft)
  const stands = whole !== draft || !/^\p{L}/u.test(peek(reader)) || afterAdverb.has(peek(reader))
  return stands ? whole : undefined
}

const phraseAt = (reader: Line): Draft | undefined => {
  const every = known(reader, (text) => (/^(every|each)!?$/.test(text) ? text : undefined))
  if (every === undefined) return adverbPhraseAt(reader)
  const from = every.endsWith('!') ? 'completion' : 'schedule'
  const subject = extended(reader, { ...everyDay, from }, readSubjects)
  return subject && withTails(reader, subject)
}

/** Whether what lies around a phrase lets it be one: not part of a tag, a name, a link or a longer word. */
const standsAlone = (text: string, start: number, end: number): boolean =>
  /(^|[\s(,;:])$/.test(text.slice(Math.max(0, start - 1), start)) &&
  /^($|[\s,;:.!?)])/.test(text.slice(end, end + 1))

/**
 * The first phrase of recurrence in a line, as canonical rule text. `start` and `end` are UTF-16 offsets of the
 * phrase. `today` (`2026-11-21`) lets "until 3 March" be the next one.
 */
export const findRecurrence = (
  text: string,
  today?: string,
): { rule: string; from: Draft['from']; start: number; end: number } | undefined => {
  const words = wordsOf(text)
  for (const [index, { start }] of words.entries()) {
    const reader: Line = { words, at: index, today }
    const draft = phraseAt(reader)
    const end = words[reader.at - 1]?.end ?? 0
    if (draft === undefined || !standsAlone(text, start, end)) continue
    if (/^(until|till)$/.test(peek(reader))) return undefined
    return { rule: formatRule(draft), from: draft.from, start, end }
  }
  return undefined
}
