import type { NotUnderstood, QuickAddLine, QuickAddToken } from '../../api/schemas/quickAdd.ts'
import { dueOf } from './due.ts'
import { type Here, valuesOf } from './found.ts'
import { bullet, escapedWord, quoted } from './grammar.ts'
import type { RawLine } from './lines.ts'

/** Where the task begins in a line, behind white space and bullet, and its title if all of it is in quotes. */
export const bodyOf = (text: string): { readonly at: number; readonly title: string | undefined } => {
  const at = bullet.exec(text)?.[0].length ?? 0
  const [, straight, curly] = quoted.exec(text.slice(at)) ?? []
  return { at, title: straight ?? curly }
}

const tidy = (text: string): string => text.replace(escapedWord, '$1').replace(/\s+/g, ' ').trim()

/** What tokens leave of a line; signs behind a token join the word before it. */
const titleOf = ({ text, start }: RawLine, tokens: readonly QuickAddToken[]): string => {
  const { at, title } = bodyOf(text)
  if (title !== undefined) return title.trim()
  const ends = [at, ...tokens.map(({ end }) => end - start)]
  const gaps = ends.map((end, index) =>
    text.slice(end, (tokens[index]?.start ?? start + text.length) - start),
  )
  return tidy(gaps.reduce((left, gap) => (/^[!?)]/.test(gap) ? left.trimEnd() : left) + gap))
}

const distinct = <Value>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]

/** The task that a line names: every field from a token, the title from the rest. */
export const assemble = (
  line: RawLine,
  tokens: readonly QuickAddToken[],
  notUnderstood: readonly NotUnderstood[],
  here: Here,
): QuickAddLine => ({
  ...line,
  title: titleOf(line, tokens),
  description: valuesOf(tokens, 'description')[0],
  priority: valuesOf(tokens, 'priority')[0],
  due: dueOf(tokens, here),
  recurrence: valuesOf(tokens, 'recurrence')[0],
  estimateMinutes: valuesOf(tokens, 'estimate')[0],
  project: valuesOf(tokens, 'project')[0],
  assignees: distinct(valuesOf(tokens, 'assignee')),
  tags: distinct(valuesOf(tokens, 'tag')),
  reminders: distinct(valuesOf(tokens, 'reminder')),
  tokens: [...tokens],
  notUnderstood: [...notUnderstood],
})

/**
 * The line without tokens whose names mean nothing in the workspace: they are not understood, and part of the title.
 * `reasonOf` says why a token is refused, and `undefined` of others.
 */
export const withoutUnknown = (
  line: QuickAddLine,
  reasonOf: (token: QuickAddToken) => string | undefined,
  here: Here,
): QuickAddLine => {
  const strange = line.tokens.flatMap((token): NotUnderstood[] => {
    const reason = reasonOf(token)
    return reason === undefined ? [] : [{ start: token.start, end: token.end, text: token.text, reason }]
  })
  if (strange.length === 0) return line
  const kept = line.tokens.filter((token) => reasonOf(token) === undefined)
  const { text, start, indent, parent } = line
  const unknown = [...line.notUnderstood, ...strange].sort((a, b) => a.start - b.start)
  return assemble({ text, start, indent, parent }, kept, unknown, here)
}
