import { type Found, type Here, mask, matchAt, type Sense } from './found.ts'
import { blank, limits, priorityOf, tokenEnd, words } from './grammar.ts'
import { minutesIn, soonAt, timeAt } from './times.ts'

type Rule = (text: string, at: number, here: Here) => Found | undefined

/** A rule for a pattern; `read` says what a match means, or why it means nothing. */
const rule =
  (pattern: RegExp, read: (match: RegExpExecArray) => Sense | string | undefined): Rule =>
  (text, at) => {
    const match = matchAt(pattern, text, at)
    if (match === undefined) return undefined
    const span = { start: at, end: at + match[0].length }
    const meaning = read(match)
    if (meaning === undefined) return { ...span, plain: true }
    return typeof meaning === 'string' ? { ...span, reason: meaning } : { ...span, sense: meaning }
  }

const unknownPriority = 'A priority is !urgent, !high, !medium, !low or !none, or !1 to !4.'
const priority = (word: string): Sense | string => {
  const value = priorityOf(word)
  return value === undefined ? unknownPriority : { kind: 'priority', value }
}

const estimate = ([, hours, more, minutes]: RegExpExecArray): Sense => ({
  kind: 'estimate',
  value: minutes === undefined ? Math.round(Number(hours) * 60) + Number(more ?? 0) : Number(minutes),
})

const reminder = ([, me, count, unit = '']: RegExpExecArray): Sense | string => {
  const minutesBefore = Number(count) * minutesIn(unit)
  if (minutesBefore > 525_600) return 'A reminder comes at most 365 days before the due date.'
  const whom = me === undefined ? 'assignees' : 'me'
  return { kind: 'reminder', value: { relativeTo: 'due', minutesBefore, for: whom } }
}

const kinds = { '@': 'assignee', '#': 'tag', '+': 'project' } as const

/** What keeps a task from having this tag. */
const tagFault = (value: string): string | undefined =>
  [...value].length > limits.tag ? `A tag has at most ${limits.tag} characters.` : undefined

const failedReason = (text: string): string => {
  if (text.startsWith('!')) return unknownPriority
  if (text.startsWith('~')) return 'An estimate looks like ~30m, ~2h or ~1h30.'
  return `A name with other signs than letters and digits stands in quotes: ${text.charAt(0)}"two words".`
}

/** A name after its sign; a full stop or slash behind it is not part of it. */
const named: Rule = (text, at) => {
  const match = matchAt(words.name, text, at)
  if (match === undefined) return undefined
  const [whole, sign = '', straight, curly, bare = ''] = match
  const kind = kinds[sign as keyof typeof kinds]
  const value = (straight ?? curly ?? bare.replace(/[./-]+$/, '')).trim()
  const span = { start: at, end: at + whole.length }
  if (kind === 'tag' && bare !== '' && !/\p{L}/u.test(value)) return { ...span, plain: true }
  const fault = value === '' ? failedReason(whole) : kind === 'tag' ? tagFault(value) : undefined
  if (fault !== undefined) return { ...span, reason: fault }
  return { ...span, sense: { kind, value: kind === 'assignee' && /^me$/i.test(value) ? '@me' : value } }
}

/** In this order: an address may begin like a time, a time like a name. */
const rules: readonly Rule[] = [
  rule(words.escape, () => undefined),
  rule(words.address, () => undefined),
  rule(words.description, ([, text = '']) => ({ kind: 'description', value: text.trim() })),
  rule(words.timeSpan, () => 'A task is due at one time: write the one that counts.'),
  (text, at) => timeAt(text, at, false),
  soonAt,
  rule(words.marks, ([marks]) => ({ kind: 'priority', value: marks.length === 3 ? 'urgent' : 'high' })),
  rule(words.level, ([level]) => priority(level.slice(1))),
  rule(words.priority, ([, word = '']) => priority(word)),
  named,
  rule(words.estimate, estimate),
  rule(words.reminder, reminder),
  rule(words.failed, ([text]) => failedReason(text)),
]

const firstAt: Rule = (text, at, here) => {
  for (const each of rules) {
    const found = each(text, at, here)
    if (found !== undefined) return found
  }
  return undefined
}

/** A comma, full stop, colon or semicolon behind a token goes with it. */
export const closed = (text: string, found: Found): Found =>
  'sense' in found && /[.,;:]/.test(text.charAt(found.end)) && matchAt(tokenEnd, text, found.end + 1)
    ? { ...found, end: found.end + 1 }
    : found

const restOfWord = /\S*/y

const blankOf = (found: Found): string =>
  'sense' in found && /time/i.test(found.sense.kind) ? blank.day : blank.any

/** What stands in a line by its signs and fixed words, from `from` on, and the line without it. */
export const scan = (text: string, from: number, here: Here): { found: Found[]; masked: string } => {
  const found: Found[] = []
  let masked = text
  for (let at = from; at < text.length; ) {
    if (/\s/.test(text.charAt(at))) {
      at++
      continue
    }
    const first = firstAt(text, at, here)
    const one = first && closed(text, first)
    if (one !== undefined) {
      found.push(one)
      masked = mask(masked, one, blankOf(one))
      at = one.end
    }
    at += matchAt(restOfWord, text, at)?.[0].length ?? 0
  }
  return { found, masked }
}
