import { describe, expect, test } from 'vitest'
import { taskCreate } from '../../../../shared/api/schemas/task.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { limits } from '../../../../shared/domain/quickAdd/grammar.ts'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { now, zone } from './sentences/sentence.ts'

const here = hereAt(now, zone)
const parse = (text: string) => parseQuickAdd(text, here)
const tree = (text: string) => parse(text).map(({ title, indent, parent }) => [title, indent, parent])

/** Where a text is refused, and why. */
const refusal = (text: string): { at: string; detail: string }[] => {
  try {
    parse(text)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const spans = error.extra.spans as { start: number; end: number; detail: string }[]
    return spans.map(({ start, end, detail }) => ({ at: text.slice(start, end), detail }))
  }
  throw new Error('not refused')
}

describe('many lines', () => {
  test('each line is a task, blank ones are none', () => {
    expect(tree('Milk\n\n \t\nBread\n')).toEqual([
      ['Milk', 0, null],
      ['Bread', 0, null],
    ])
  })

  test('line breaks may be those of any system', () => {
    expect(tree('Milk\r\n  Bread\rEggs')).toEqual([
      ['Milk', 0, null],
      ['Bread', 1, 0],
      ['Eggs', 0, null],
    ])
  })

  test.each([
    ['tabs', '\t'],
    ['two spaces', '  '],
    ['three spaces', '   '],
    ['four spaces', '    '],
  ])('%s make subtasks', (_name, unit) => {
    const text = ['Move', `${unit}Pack`, `${unit}${unit}Kitchen`, `${unit}Van`, 'Rest'].join('\n')
    expect(tree(text)).toEqual([
      ['Move', 0, null],
      ['Pack', 1, 0],
      ['Kitchen', 2, 1],
      ['Van', 1, 0],
      ['Rest', 0, null],
    ])
  })

  test('bullets and boxes stand behind the white space', () => {
    expect(tree('- [ ] Move\n  - [ ] Pack\n    * Kitchen')).toEqual([
      ['Move', 0, null],
      ['Pack', 1, 0],
      ['Kitchen', 2, 1],
    ])
  })

  test('what all lines have before them is no indentation', () => {
    expect(tree('    Move\n      Pack\n    Rest')).toEqual([
      ['Move', 0, null],
      ['Pack', 1, 0],
      ['Rest', 0, null],
    ])
  })

  test('spans are offsets into the whole text, in UTF-16 code units', () => {
    const text = 'Move 🏠\r\n  Pack #kitchen tomorrow\n  Van'
    const [move, pack, van] = parse(text)
    expect(move).toMatchObject({ start: 0, text: 'Move 🏠', tokens: [] })
    expect(pack).toMatchObject({ start: 9, text: '  Pack #kitchen tomorrow' })
    expect(pack?.tokens.map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ['tag', 16, 24],
      ['date', 25, 33],
    ])
    expect(van?.start).toBe(text.indexOf('  Van'))
  })

  test('no token of one line counts for another', () => {
    const [first, second] = parse('Milk !high @ana #a tomorrow\nBread')
    expect(first).toMatchObject({ priority: 'high', assignees: ['ana'], tags: ['a'] })
    expect(second).toMatchObject({ title: 'Bread', tokens: [], assignees: [], tags: [], reminders: [] })
    expect(second?.priority).toBeUndefined()
    expect(second?.due).toBeUndefined()
  })

  test('eight levels are allowed, a ninth is refused where it stands', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `${'  '.repeat(level)}level ${level + 1}`)
    expect(parse(levels.slice(0, 8).join('\n'))).toHaveLength(8)
    expect(refusal(levels.join('\n'))).toEqual([
      { at: levels[8], detail: expect.stringContaining('8 levels') },
    ])
  })
})

describe('refused, saying where', () => {
  test.each([
    ['nothing at all', '', 'Write a line'],
    ['white space only', ' \n\t\n', 'Write a line'],
    ['a line that skips a level', 'A\n  B\n      C', 'one level more'],
    ['one space', 'A\n B', 'at least two'],
    ['a tab among spaces', 'A\n  B\n\tC', 'at least two'],
    ['spaces that are no multiple', 'A\n    B\n  C', 'at least two'],
    ['less indentation than the first line', '  A\nB', 'at least two'],
    ['a line of tokens only', 'A\n#home !high tomorrow', 'needs a title'],
    ['a note without a title', '//note', 'needs a title'],
    ['a bullet without a title', '- ', 'needs a title'],
    ['empty quotes', '""', 'needs a title'],
    ['a line that is too long', 'x'.repeat(1_001), '1000 characters'],
    ['a title that is too long', 'x'.repeat(501), '500 characters'],
    ['a quoted title that is too long', `"${'x'.repeat(501)}"`, '500 characters'],
  ])('%s', (_name, text, detail) => {
    expect(refusal(text).at(-1)?.detail).toContain(detail)
  })

  test('all lines without a title at once', () => {
    expect(refusal('Milk\n#a\nBread\n  @b !high').map(({ at }) => at)).toEqual(['#a', '  @b !high'])
  })

  test('more lines than fifty', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => `Task ${n}`).join('\n\n')
    expect(parse(lines(50))).toHaveLength(50)
    expect(refusal(lines(51))[0]?.detail).toContain('these are 51')
  })

  test('titles and lines of the very length are not', () => {
    expect(parse('x'.repeat(limits.title))[0]?.title).toHaveLength(limits.title)
    expect(parse(`${'🏠'.repeat(250)} //${'x'.repeat(1_000 - 503)}`)[0]?.text).toHaveLength(limits.lineLength)
  })
})

test('the limits are those of a task', () => {
  const { title, tags } = taskCreate.def.shape
  const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
    schema.safeParse(value).success
  expect([limits.title, limits.title + 1].map((n) => accepts(title, 'x'.repeat(n)))).toEqual([true, false])
  expect([limits.tag, limits.tag + 1].map((n) => accepts(tags, ['x'.repeat(n)]))).toEqual([true, false])
})

test.each([
  ['assignees', '@p'],
  ['tags', '#t'],
] as const)('a task has at most fifty %s; the next is not understood', (list, sign) => {
  const names = Array.from({ length: 51 }, (_, n) => `${sign}${n}`)
  const [line] = parse(`Task ${names.join(' ')}`)
  expect(line?.[list]).toHaveLength(50)
  expect(line?.notUnderstood.map(({ text }) => text)).toEqual([`${sign}50`])
})
