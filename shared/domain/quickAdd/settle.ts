import { dueOf } from './due.ts'
import { type Found, type FoundToken, type Here, type Sense, valuesOf } from './found.ts'
import { endsWord, several } from './grammar.ts'

const isToken = (found: Found): found is FoundToken => 'sense' in found
const sensesOf = (found: readonly Found[]): Sense[] => found.filter(isToken).map(({ sense }) => sense)

/** What of a task a token sets. A wall time sets both parts of when it is due. */
const partsOf = (kind: Sense['kind']): readonly string[] => (kind === 'dateTime' ? ['date', 'time'] : [kind])

const tooMany = (kind: Sense['kind']): string =>
  kind in several
    ? `A task has at most ${several[kind]} of these.`
    : `A task has one ${/date|time/i.test(kind) ? 'due date' : kind}, and one stands before.`

/** Leaves of each kind as many as a task can have. */
const counted = (found: readonly Found[]): Found[] => {
  const counts = new Map<string, number>()
  return found.map((one) => {
    if (!isToken(one)) return one
    const { kind } = one.sense
    const parts = partsOf(kind)
    if (parts.some((part) => (counts.get(part) ?? 0) >= (several[kind] ?? 1)))
      return { start: one.start, end: one.end, reason: tooMany(kind) }
    for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1)
    return one
  })
}

/** Why tokens cannot stand beside one another, if so: asked of each of them. */
const objections = (text: string, senses: readonly Sense[], here: Here) => {
  const recurs = valuesOf(senses, 'recurrence').length > 0
  const due = dueOf(senses, here)
  const isPast = due !== undefined && 'dateTime' in due && due.dateTime < here.wall
  return ({ start, end, sense: { kind } }: FoundToken): string | undefined => {
    if (kind === 'date' && recurs && endsWord.test(text.slice(start, end)))
      return 'The end of a recurrence stands right behind it: every day until 2027-03-01.'
    if (kind === 'recurrence' && due === undefined) return 'There is no such day from now on.'
    if (kind === 'reminder' && due === undefined) return 'A reminder needs a due date to count from.'
    return isPast && (kind === 'time' || kind === 'dateTime') ? 'This time has passed.' : undefined
  }
}

/** The same, in order, with whatever does not go together not understood: of two things the later one. */
export const settle = (found: readonly Found[], text: string, here: Here): Found[] => {
  const settled = counted(found.toSorted((a, b) => a.start - b.start))
  for (;;) {
    const objection = objections(text, sensesOf(settled), here)
    const reasons = settled.map((one) => (isToken(one) ? objection(one) : undefined))
    // One at a time: without it, others may have lost their reason.
    const index = reasons.findIndex((reason) => reason !== undefined)
    const [one, reason] = [settled[index], reasons[index]]
    if (one === undefined || reason === undefined) return settled
    settled[index] = { start: one.start, end: one.end, reason }
  }
}
