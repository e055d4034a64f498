import { limits } from './grammar.ts'
import { type Fault, refuseText } from './refuse.ts'

/** One line of a text that is not blank, and where it stands. */
export interface RawLine {
  readonly text: string
  /** Offset in the whole text. */
  readonly start: number
  /** Level below the first line. */
  readonly indent: number
  /** Index of the line it is indented under. */
  readonly parent: number | null
}

type Line = Pick<RawLine, 'text' | 'start'>

const spaceOf = (text: string): string => /^[\t ]*/.exec(text)?.[0] ?? ''

const faultAt = ({ text, start }: Line, detail: string): Fault => ({
  start,
  end: start + text.length,
  detail,
})

/** Lines that have text in them, without white space behind. */
const split = (text: string): Line[] =>
  Array.from(text.matchAll(/[^\r\n]+/g), ({ 0: line, index: start }) => ({
    text: line.trimEnd(),
    start,
  })).filter(({ text }) => text !== '')

/** Level of a line whose white space is `space`, given that of one level; `undefined` when it is no multiple. */
const levelOf = (space: string, unit: string): number | undefined => {
  const level = unit === '' ? 0 : space.length / unit.length
  return Number.isInteger(level) && space === unit.repeat(level) ? level : undefined
}

const uneven = 'Indent each level alike: with one tab, or with the same number of spaces, at least two.'

/** What is wrong with a line at `level` under one at `above`. */
const faultOf = (level: number | undefined, above: number): string | undefined => {
  if (level === undefined) return uneven
  if (level > above + 1) return 'A line is indented at most one level more than the one above it.'
  return level < limits.levels ? undefined : `Subtasks go down to ${limits.levels} levels.`
}

const nested = (lines: readonly Line[]): RawLine[] => {
  const base = spaceOf(lines[0]?.text ?? '')
  const spaces = lines.map(({ text }) => spaceOf(text))
  const deeper = spaces
    .find((space) => space.length > base.length && space.startsWith(base))
    ?.slice(base.length)
  const unit = deeper === undefined || deeper === ' ' ? '' : deeper.startsWith('\t') ? '\t' : deeper
  const path: number[] = []
  return lines.map((line, index) => {
    const space = spaces[index] ?? ''
    const level =
      space === base
        ? 0
        : space.startsWith(base) && unit !== ''
          ? levelOf(space.slice(base.length), unit)
          : undefined
    const fault = faultOf(level, index === 0 ? 0 : path.length - 1)
    if (level === undefined || fault !== undefined) throw refuseText([faultAt(line, fault ?? uneven)])
    path.splice(level, path.length, index)
    return { ...line, indent: level, parent: path[level - 1] ?? null }
  })
}

/**
 * The lines of a text as a tree, in their order; line breaks as in any system. Throws when there are none or too
 * many, and when a line is too long or its indentation does not say what it belongs to.
 */
export const linesOf = (text: string): RawLine[] => {
  const lines = split(text)
  const whole = { text, start: 0 }
  if (lines.length === 0) throw refuseText([faultAt(whole, 'Write a line for each task.')])
  if (lines.length > limits.lines)
    throw refuseText([faultAt(whole, `Write at most ${limits.lines} lines; these are ${lines.length}.`)])
  const long = lines.filter((line) => line.text.length > limits.lineLength)
  if (long.length > 0)
    throw refuseText(long.map((line) => faultAt(line, `A line has at most ${limits.lineLength} characters.`)))
  return nested(lines)
}
