import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import {
  type NotUnderstood,
  type QuickAddLine,
  type QuickAddToken,
  quickAddBody,
  quickAddReply,
} from '../../../../shared/api/schemas/quickAdd.ts'
import { taskCreate } from '../../../../shared/api/schemas/task.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { days } from './sentences/days.ts'
import { wholes } from './sentences/lines.ts'
import { recurrences } from './sentences/recurrences.ts'
import { expectedOf, now, zone } from './sentences/sentence.ts'
import { signs } from './sentences/signs.ts'
import { times } from './sentences/times.ts'

const runs = 10_000
const here = hereAt(now, zone)

const sentences = [signs, days, times, recurrences, wholes].flat().map(([marked]) => expectedOf(marked).text)
const pieces = sentences.flatMap((sentence) => sentence.split(/(\s+)/))
const signsAndMore = [
  ...'#@+!~/\\"“”*-.,;:()[]?^&0123456789apmTZ \t',
  ...['é', '日', '🏠', '\u200d', '\u0301', '\u2028', '\uE000', '\uE001', '\uFEFF', '\u00a0', '٣'],
  ...[
    '//',
    ' @"',
    ' +"',
    ' \\',
    'every ',
    ' until ',
    ' in ',
    ' on ',
    'next ',
    ' of ',
    'remind ',
    'am ',
    ':30 ',
  ],
]

/** A sentence in which a stretch is lost or replaced by something else. */
const mutated = fc
  .tuple(fc.constantFrom(...sentences), fc.nat(), fc.nat(9), fc.constantFrom(...signsAndMore, ...pieces, ''))
  .map(([sentence, at, length, by]) => {
    const start = at % (sentence.length + 1)
    return sentence.slice(0, start) + by + sentence.slice(start + length)
  })
const anyLine = fc.oneof(
  mutated,
  fc
    .array(fc.constantFrom(...pieces, ...signsAndMore, ' '), { maxLength: 30 })
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...signsAndMore), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.tuple(mutated, mutated, mutated).map((parts) => parts.join(' ')),
)
const anyText = fc.oneof(
  { weight: 4, arbitrary: anyLine },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom('', '  ', '    ', '\t', ' '), anyLine, fc.constantFrom('\n', '\r\n')), {
        maxLength: 8,
      })
      .map((lines) => lines.flat().join('')),
  },
)

/** The tasks of a text; `undefined` when it is refused, and the refusal says where. */
const parsed = (text: string): QuickAddLine[] | undefined => {
  try {
    return parseQuickAdd(text, here)
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    const { code, errors, extra } = error as Failure
    expect(code).toBe('invalid-request')
    const spans = extra.spans as { start: number; end: number; detail: string }[]
    expect(spans.length).toBeGreaterThan(0)
    expect(errors.map(({ detail }) => detail)).toEqual(spans.map(({ detail }) => detail))
    for (const { start, end } of spans) expect(0 <= start && start <= end && end <= text.length).toBe(true)
    return undefined
  }
}

const inOrder = (line: QuickAddLine): (QuickAddToken | NotUnderstood)[] =>
  [...line.tokens, ...line.notUnderstood].sort((a, b) => a.start - b.start)

const expectSpans = (text: string, line: QuickAddLine): void => {
  expect(text.slice(line.start, line.start + line.text.length)).toBe(line.text)
  let last = line.start
  for (const { start, end, text: said } of inOrder(line)) {
    expect(start).toBeGreaterThanOrEqual(last)
    expect(end).toBeGreaterThan(start)
    expect(text.slice(start, end)).toBe(said)
    last = end
  }
  expect(last).toBeLessThanOrEqual(line.start + line.text.length)
}

const has = ({ tokens }: QuickAddLine, ...kinds: QuickAddToken['kind'][]): boolean =>
  tokens.some(({ kind }) => kinds.includes(kind))
const valuesOf = ({ tokens }: QuickAddLine, kind: QuickAddToken['kind']): unknown[] =>
  tokens.filter((token) => token.kind === kind).map(({ value }) => value)

/** Whatever the task has, a token names, and whatever a token names, the task has. */
const expectNamed = (line: QuickAddLine): void => {
  const { due, assignees, tags, reminders } = line
  const single = {
    priority: line.priority,
    project: line.project,
    estimate: line.estimateMinutes,
    description: line.description,
    recurrence: line.recurrence,
  }
  for (const [kind, value] of Object.entries(single))
    expect(value === undefined ? [] : [value]).toEqual(valuesOf(line, kind as keyof typeof single))
  expect(due !== undefined).toBe(has(line, 'date', 'time', 'dateTime', 'recurrence'))
  expect(due !== undefined && 'dateTime' in due).toBe(has(line, 'time', 'dateTime'))
  const lists = { assignee: assignees, tag: tags, reminder: reminders }
  for (const [kind, list] of Object.entries(lists))
    expect(new Set(list.map((value) => JSON.stringify(value)))).toEqual(
      new Set(valuesOf(line, kind as keyof typeof lists).map((value) => JSON.stringify(value))),
    )
}

/** Names and notes are words of the text, not made up. */
const expectSaid = ({ tokens }: QuickAddLine): void => {
  for (const { kind, text, value } of tokens) {
    const isText = ['assignee', 'tag', 'project', 'description'].includes(kind)
    if (isText) expect(text.toLowerCase()).toContain(value === '@me' ? 'me' : String(value).toLowerCase())
    else expect(text).toMatch(/[\p{L}\p{N}!]/u)
  }
}

/** Nothing is missing in `title` but bullet, box and quotes; backslashes of escapes are gone from both. */
const isWhole = (title: string, left: string): boolean =>
  [0, 1].some((closing) => {
    const at = left.length - title.length - closing
    return (
      left.slice(Math.max(at, 0), left.length - closing) === title &&
      /^[-*•]?(\[\])?["“]?$/u.test(left.slice(0, Math.max(at, 0))) &&
      /^["”]?$/u.test(left.slice(left.length - closing))
    )
  })

/** All of the title's characters, in order, stand between the tokens; and all that stands there is in the title. */
const expectTitle = (line: QuickAddLine): void => {
  const ends = [line.start, ...line.tokens.map(({ end }) => end)]
  const starts = [...line.tokens.map(({ start }) => start), line.start + line.text.length]
  const left = ends.map((end, index) => line.text.slice(end - line.start, (starts[index] ?? 0) - line.start))
  const characters = left.join('').replace(/\s/g, '')
  const title = line.title.replace(/\s/g, '')
  let at = 0
  for (const character of title) at = characters.indexOf(character, at) + 1 || Number.NaN
  expect(at).not.toBeNaN()
  expect(isWhole(title.replaceAll('\\', ''), characters.replaceAll('\\', ''))).toBe(true)
}

/** What the route that creates a task would say to these fields. */
const expectCreatable = ({ title, description, priority, due, ...line }: QuickAddLine): void => {
  const { recurrence, estimateMinutes, tags, reminders } = line
  const body = { title, description, priority, due, recurrence, estimateMinutes, tags, reminders }
  const { error } = z.safeParse(taskCreate, JSON.parse(JSON.stringify(body)))
  expect(error?.issues).toBeUndefined()
}

test('whatever is typed, 10,000 times: no surprise, no overlap, nothing that is not named', {
  timeout: 60_000,
}, () => {
  const seen = { refused: 0, tokens: 0, notUnderstood: 0 }
  fc.assert(
    fc.property(anyText, (text) => {
      if (!z.safeParse(quickAddBody, { text }).success) return
      const lines = parsed(text)
      if (lines === undefined) {
        seen.refused++
        return
      }
      expect(z.safeParse(quickAddReply, { lines, created: [] }).error?.issues).toBeUndefined()
      for (const line of lines) {
        seen.tokens += line.tokens.length
        seen.notUnderstood += line.notUnderstood.length
        expectSpans(text, line)
        expectNamed(line)
        expectSaid(line)
        expectTitle(line)
        expectCreatable(line)
      }
    }),
    { numRuns: runs },
  )
  // The texts reach what they are to test.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(runs / 50)
})
