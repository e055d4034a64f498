import type { NotUnderstood, QuickAddLine, QuickAddToken } from '../../api/schemas/quickAdd.ts'
import { dueOf, first } from './due.ts'
import type { Here } from './found.ts'
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
  if (title !== undefined) return tidy(title)
  const ends = [at, ...tokens.map(({ end }) => end - start)]
  const gaps = ends.map((end, index) =>
    text.slice(end, (tokens[index]?.start ?? start + text.length) - start),
  )
  return tidy(gaps.reduce((left, gap) => (/^[!?)]/.test(gap) ? left.trimEnd() : left) + gap))
}

const all = <Kind extends QuickAddToken['kind']>(tokens: readonly QuickAddToken[], kind: Kind) => [
  ...new Set(
    tokens
      .filter((token): token is Extract<QuickAddToken, { kind: Kind }> => token.kind === kind)
      .map(({ value }) => value as Extract<QuickAddToken, { kind: Kind }>['value']),
  ),
]

const present = <Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never

/** The task that a line names: every field from a token, the title from the rest. */
export const assemble = (
  line: RawLine,
  tokens: readonly QuickAddToken[],
  notUnderstood: readonly NotUnderstood[],
  here: Here,
): QuickAddLine => ({
  ...line,
  title: titleOf(line, tokens),
  ...present({
    description: first(tokens, 'description'),
    priority: first(tokens, 'priority'),
    due: dueOf(tokens, here),
    recurrence: first(tokens, 'recurrence'),
    estimateMinutes: first(tokens, 'estimate'),
    project: first(tokens, 'project'),
  }),
  assignees: all(tokens, 'assignee'),
  tags: all(tokens, 'tag'),
  reminders: all(tokens, 'reminder'),
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
