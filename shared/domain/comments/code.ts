const fence = /^[ >]*(?:(?:[-*+]|\d{1,9}[.)])[ >]*)?(`{3,}|~{3,})(.*)$/
const indented = /^(?: {4}| {0,3}\t)/
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/

interface State {
  /** What ends the fenced block that is open. */
  readonly open: string | undefined
  /** Whether a line that is indented would be code: not within a paragraph, nor in a list. */
  readonly isFree: boolean
  readonly inList: boolean
}

const closes = (line: string, open: string): boolean => {
  const [, marks = '', rest = ''] = fence.exec(line) ?? []
  return marks.startsWith(open) && rest.trim() === ''
}

const next = (line: string, { open, isFree, inList }: State): { isCode: boolean; state: State } => {
  if (open !== undefined) {
    const state = { open: closes(line, open) ? undefined : open, isFree: true, inList }
    return { isCode: true, state }
  }
  const [, marks, info = ''] = fence.exec(line) ?? []
  if (marks !== undefined && !(marks.startsWith('`') && info.includes('`'))) {
    return { isCode: true, state: { open: marks, isFree: true, inList } }
  }
  if (line.trim() === '') return { isCode: false, state: { open, isFree: true, inList } }
  if (indented.test(line) && isFree && !inList) return { isCode: true, state: { open, isFree, inList } }
  const isItem = listItem.test(line)
  return { isCode: false, state: { open, isFree: false, inList: isItem || (inList && /^\s/.test(line)) } }
}

/** Backslashes just before a place, as far back as another one. Counted, since a pattern would try each of them anew. */
const escapesBefore = (text: string, place: number, from: number): number => {
  let first = place
  while (first > from && text[first - 1] === '\\') first--
  return place - first
}

/** The text without spans of code (CommonMark 0.31, 6.1): from so many backticks, not escaped, to as many. */
const withoutSpans = (text: string): string => {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }))
  let result = ''
  let at = 0
  /** Lengths of which there is no run any more. */
  const gone = new Set<number>([0])
  for (const [n, run] of runs.entries()) {
    if (run.index < at) continue
    const isEscaped = escapesBefore(text, run.index, at) % 2 === 1
    // What an escape takes along is no more of the run.
    const length = run.length - (isEscaped ? 1 : 0)
    const end = gone.has(length)
      ? undefined
      : runs.find((other, index) => index > n && other.length === length)
    if (end === undefined) {
      gone.add(length)
      continue
    }
    result += `${text.slice(at, run.index + run.length - length)} `
    at = end.index + end.length
  }
  return result + text.slice(at)
}

/**
 * Markdown without its code: blocks by fences or indentation, and spans. Paragraph by paragraph, since no span goes on
 * behind an empty line.
 */
export const withoutCode = (markdown: string): string => {
  let state: State = { open: undefined, isFree: true, inList: false }
  const lines = markdown.split(/\r\n|\r|\n/).map((line) => {
    const { isCode, state: after } = next(line, state)
    state = after
    return isCode ? '' : line
  })
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .map(withoutSpans)
    .join('\n\n')
}
