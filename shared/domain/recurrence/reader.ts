/** Reading a line word by word, with a step back where something else was expected. */
interface Word {
  /** In lower case. */
  readonly text: string
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
}

export interface Reader {
  readonly words: readonly Word[]
  /** The word to be read next. */
  at: number
}

/** Words of letters and digits, dates whole, `every!` whole, everything else sign by sign. */
export const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/(?:every|each)!|[\p{L}\p{N}]+(?:-\d+)*|\S/giu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))

export const peek = (reader: Reader): string => reader.words[reader.at]?.text ?? ''

/** Reads one of these words, if it is the next. */
export const take = (reader: Reader, ...texts: readonly string[]): boolean => {
  const found = texts.includes(peek(reader))
  if (found) reader.at++
  return found
}

/** Reads the next word, if `value` knows it. */
export const known = <T>(reader: Reader, value: (text: string) => T | undefined): T | undefined => {
  const found = value(peek(reader))
  if (found !== undefined) reader.at++
  return found
}

/** What `read` finds; when it finds nothing, nothing has been read. */
export const attempt = <T>(reader: Reader, read: () => T | undefined): T | undefined => {
  const { at } = reader
  const found = read()
  if (found === undefined) reader.at = at
  return found
}

const separated = (reader: Reader): boolean => {
  const sign = take(reader, ',', '&', '/')
  return take(reader, 'and') || sign
}

/** One or more, separated; what separates is read only where another one follows. */
export const listOf = <T>(reader: Reader, item: (reader: Reader) => T | undefined): T[] | undefined => {
  const items: T[] = []
  for (;;) {
    const next = attempt(reader, () => (items.length === 0 || separated(reader) ? item(reader) : undefined))
    if (next === undefined) return items.length > 0 ? items : undefined
    items.push(next)
  }
}
