import type { Board } from './board.ts'

/** What the API refuses in any text, replaced by the character that stands for the unreadable. */
export const readable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd')

/** A line of at most so many characters; what is cut off shows as an ellipsis. */
export function line(text: string, maximum: number): string {
  const characters = [...readable(text).trim()]
  if (characters.length <= maximum) return characters.join('')
  return `${characters
    .slice(0, maximum - 1)
    .join('')
    .trimEnd()}…`
}

const tagLength = 50

/** The name itself, or with the lowest number that makes it unlike the others. */
function unlike(taken: ReadonlySet<string>, name: string): string {
  const first = line(name, tagLength)
  for (let number = 2, next = first; ; number++) {
    if (!taken.has(next)) return next
    const suffix = ` (${number})`
    next = line(name, tagLength - suffix.length) + suffix
  }
}

/**
 * A tag for each list (`list:<name>`) and each label (its name, or its colour where it has none), by Trello's id.
 * No two share one, so that none is lost.
 */
export function tagsOf({ lists, labels }: Pick<Board, 'lists' | 'labels'>): ReadonlyMap<string, string> {
  const wanted = [
    ...lists.map(({ id, name }) => ({ id, name: `list:${name.trim()}` })),
    ...labels.map(({ id, name, color }) => ({ id, name: name.trim() || (color ?? 'label') })),
  ]
  const tags = new Map<string, string>()
  for (const { id, name } of wanted) tags.set(id, unlike(new Set(tags.values()), name))
  return tags
}

/** Key of the project: initials of the board's name, or its first letters. */
export function projectKeyOf(boardName: string): string {
  const words =
    boardName
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toUpperCase()
      .match(/[A-Z0-9]+/g) ?? []
  const candidates = [words.map(([initial]) => initial).join(''), words.join('')]
  const fitting = candidates.map((text) => text.slice(0, 8)).find((text) => /^[A-Z][A-Z0-9]+$/.test(text))
  return fitting ?? 'TRELLO'
}
