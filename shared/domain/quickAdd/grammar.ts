/**
 * The language of quick add, English first: every sign, word and limit it knows. One line is one task:
 *
 *   line        = [bullet] ('"' title '"' | (word | token)*)
 *   bullet      = "- " | "* " | "• ", each also with "[ ] "; "[x] " is not understood: a new task is not done
 *   priority    = "!urgent" | "!high" | "!medium" | "!low" | "!none" | "!1" … "!4" | "p1" … "p4" | "!!!" | "!!"
 *   person      = "@" name     "@me", "@ana", "@ana@example.com", '@"Ana García"'
 *   tag         = "#" name     with a letter in it: "#42" is a number and stays in the title
 *   project     = "+" name     beginning with a letter: "+1" stays in the title
 *   estimate    = "~" amount   "~30m", "~1h", "~1.5h", "~1h30"
 *   reminder    = ("remind" | "reminder") ["me"] amount ["before"]       "me": nobody else; needs a due date
 *   description = "//" text    to the end of the line
 *   recurrence  = as in `recurrence/phrase.ts`
 *   time        = ["at" | "by" | "@"] ("9am" | "9:30 pm" | "14:30" | "9:30" | "noon"), the last two only after
 *                 "at" or beside a day
 *   day         = ["on" | "by" | "due" | "until"] one of
 *                 "today" | "tomorrow" | "2026-11-21" ["T14:30"] | "21/11/2026" | "in 3 days" | "in 2 hours"
 *                 "21 nov" | "nov 21st" [year of four digits]; "5 may" and "march 5" only where a day is expected
 *                 ["this" | "next"] weekday; "mon" only where a day is expected, "sun" and "sat" only after a
 *                 preposition and before no word, or beside a time: the next such day, never today
 *                 "next week" (its Monday) | "next month" | "next year" (their first day) | "this weekend" |
 *                 "end of month" …, only where a day is expected
 *
 * A day is expected after a preposition, before a time or a token, and at the end of the line. Bare months and
 * numbers are words. Tokens stand between white space; one of ".,;:" behind goes with them, "!?)" stays. A backslash
 * before a word makes it plain. What a task has once is what comes first; a second one is not understood.
 *
 * Patterns are sticky and repeat nothing within a repetition, so that a line takes time in proportion to its length.
 */
import type { Priority } from '../../api/schemas/task.ts'

export const limits = { lines: 50, lineLength: 1_000, levels: 8, title: 500, tag: 50 }

/** Most tokens of a kind on one task, where that is more than one. */
export const several: Readonly<Record<string, number>> = { assignee: 50, tag: 50, reminder: 20 }

/** Stands in for what has been recognised while the rest of the line is looked through: anything, or a day. */
export const blank = { any: '\uE000', day: '\uE001' }

const end = `(?=[.,;:!?)]*(?:[\\s${blank.any}${blank.day}]|$))`
const name = '(?:"([^"]+)"|“([^”]+)”|([\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}\\u200c\\u200d._/@+-]*))'
const unit = '(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)'
const clock = '\\d{1,2}(?:[:.]\\d\\d)?'
const sticky = (pattern: string, flags = 'i'): RegExp => new RegExp(pattern + end, `${flags}uy`)

/** Looked for where a word begins. */
export const words = {
  escape: /\\(?:[\p{L}\p{N}#@+!~"]|\/\/)\S*/uy,
  /** Addresses of pages and mailboxes: what they contain means nothing. */
  address: /(?:[\p{L}\p{N}.+-]*:\/\/|www\.|[\p{L}\p{N}][^\s@]*@)\S+/iuy,
  description: /\/\/\s*(\S.*)/sy,
  marks: sticky('!!!?(?!!)'),
  level: sticky('p[1-4]', ''),
  priority: sticky('!([\\p{L}\\p{N}]+)'),
  name: sticky(`([@#]|\\+(?=["“\\p{L}]))${name}`),
  estimate: sticky('~(?:(\\d{1,5}(?:\\.\\d{1,2})?)h(?:([0-5]?\\d)m?)?|(\\d{1,6})m(?:in)?)'),
  /** Looks like one of those before, and is none. */
  failed: /(?:[@#]["“\p{L}\p{N}]|\+["“\p{L}]|![\p{L}\p{N}]|~\d+\p{L})\S*/uy,
  reminder: sticky(`remind(?:er)?(\\s{1,3}me)?\\s{1,3}(\\d{1,6})\\s?${unit}(?:\\s{1,3}before)?`),
  timeSpan: sticky(
    `(?:(?:at|by|from)\\s{1,3})?${clock}(?:\\s?[ap]m)?\\s?(?:-|–|to|until|till)\\s?(?:${clock}\\s?[ap]m|\\d{1,2}:\\d\\d)`,
  ),
  time: sticky(
    '((?:due\\s{1,3})?(?:at|by)\\s{1,3}|@\\s?)?' +
      '(?:(0?[1-9]|1[0-2])(?:[:.]([0-5]\\d))?\\s?([ap])\\.?m\\.?|([01]?\\d|2[0-3]):([0-5]\\d)|noon)',
  ),
  soon: sticky('in\\s{1,3}(\\d{1,5}|an?)\\s?(m|mins?|minutes?|h|hrs?|hours?)(?!\\s{1,3}and\\s)'),
  /** Only with its year: "24/7" is no day. */
  numeric: sticky('(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})'),
  iso: sticky('(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d):(\\d\\d)(?::\\d\\d)?(Z|[+-]\\d\\d:?\\d\\d)?)?'),
  near: sticky('(today|tonight|tomorrow|tmrw?|overmorrow)'),
  period: sticky(
    '(?:(next)|(?:the\\s{1,3})?(?:end|last\\s{1,3}day)\\s{1,3}of\\s{1,3}(?:the\\s{1,3}|this\\s{1,3}|(next)\\s{1,3})?)' +
      '\\s{0,3}(week|month|year)',
  ),
  numbered: sticky('(?:the\\s{1,3})?(\\d{1,2})(?:st|nd|rd|th)'),
} satisfies Record<string, RegExp>

/** Written behind a time. In upper case: "et" and "mt" are words. */
export const zoneName =
  /^\s?(?:UTC|GMT|CES?T|EES?T|WES?T|[ECMP][SD]?T|BST|IST|JST|KST|AE[SD]T)(?![\p{L}\p{N}])/u
/** What must not follow where a token ends: a range, and half of it would be wrong. */
export const rangeGoesOn = /^\s?[-–]\s?\d/
export const tokenEnd = new RegExp(end, 'uy')
export const bullet = /^\s*(?:[-*•](?:\s+|$))?(?:\[ \](?:\s+|$))?/
export const doneBox = /\[x\](?=\s)/iy
export const quoted = /^(?:"([^"]*)"|“([^”]*)”)\s*$/
export const escapedWord = /(^|\s)\\(?=[\p{L}\p{N}#@+!~"]|\/\/)/gu

const gap = `[\\s${blank.any}${blank.day}]`
const preposition = '(?:(?:due|starting)\\s{1,3})?(?:on|by|until|till)|due|starting|from'
/** What must stand before a day. */
export const beforeWord = new RegExp(`^(?:$|${gap})`)
/** Before a day: belongs to it. */
export const leadIn = new RegExp(`(?:^|${gap})(${preposition})\\s{1,3}(?:the\\s{1,3})?$`, 'i')
/** Of those, what makes it the day on which a recurrence begins, and where it ends. */
export const beginsWord = /^(?:starting|from)/i
export const endsWord = /^(?:until|till)/i
const otherwise = 'to|before|after|since|between|past|last'
/** Before a day: it is not when the task is due, or not a day at all. */
export const notDue = new RegExp(
  `(?:^|${gap})(?:${otherwise}|every|each|black|cyber|good|easter|palm|ash|super|casual)\\s{1,3}$`,
  'i',
)
/** The same before a time. */
export const notAt = new RegExp(`(?:^|${gap})(?:${otherwise}|from)\\s{1,3}$`, 'i')
/** Behind a day: a time, which is recognised already but for "9:30" and "noon". */
export const timeFollows = new RegExp(`^[,\\s]{0,3}(?:${blank.day}|\\d{1,2}:\\d\\d|noon)`, 'i')
/** Before and behind "9:30" and "noon": a day. */
export const dayBefore = new RegExp(`${blank.day}[,\\s]{0,3}$`)
export const dayBehind = new RegExp(`^[,\\s]{0,3}${blank.day}`)
/** Behind a day: nothing more of the title. */
export const titleEnds = new RegExp(`^[\\s.,;:!?)]*(?:$|[${blank.any}${blank.day}])`)
/** What chrono takes with a day. */
export const leading = /^[^\p{L}\p{N}]*(?:on(?![a-z]))?\s*/iu
export const trailing = /[^\p{L}\p{N}]+$/u
/** "21 nov 10": the ten is no year. */
export const shortYear = /[\s,/-]*(?<!\d)(?:\d{1,3}|\d+\s*[a-z]{2,3})$/i
/** Words that nothing has been recognised in. */
export const unmasked = new RegExp(`[^\\s${blank.any}${blank.day}]+`, 'g')

/** Days from today. */
export const nearDays: Readonly<Record<string, number>> = {
  today: 0,
  tonight: 0,
  tomorrow: 1,
  tmr: 1,
  tmrw: 1,
  overmorrow: 2,
}

export const minutesOf: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440, w: 10_080 }

const numbered: readonly Priority[] = ['urgent', 'high', 'medium', 'low']
/** Priority of a word after its sign; 1 is the most urgent. */
export const priorityOf = (word: string): Priority | undefined => {
  const text = word.toLowerCase()
  if (text === 'none') return text
  return numbered.find((level, index) => text === level || text === `${index + 1}`)
}
