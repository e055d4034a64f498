import { describe, expect, test } from 'vitest'
import { hereAt, parseQuickAdd } from '../../../../shared/domain/quickAdd/parse.ts'
import { days } from './sentences/days.ts'
import { wholes } from './sentences/lines.ts'
import { recurrences } from './sentences/recurrences.ts'
import { expectedOf, now, type Sentence, zone } from './sentences/sentence.ts'
import { signs } from './sentences/signs.ts'
import { times } from './sentences/times.ts'

const here = hereAt(now, zone)

const read = (sentence: string) => {
  const [line, ...more] = parseQuickAdd(sentence, here)
  if (line === undefined || more.length > 0) throw new Error('a sentence is one line')
  return line
}
const dueOf = (due: string | undefined) =>
  due === undefined ? undefined : due.includes('T') ? { dateTime: due, zone } : { date: due }
const shown = (marked: string): string => expectedOf(marked).text.slice(0, 80)

const tables: Readonly<Record<string, readonly Sentence[]>> = { signs, days, times, recurrences, wholes }

test('there are at least 150 sentences, all different', () => {
  const all = Object.values(tables).flatMap((sentences) => sentences.map(([marked]) => marked))
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBeGreaterThanOrEqual(150)
})

for (const [name, sentences] of Object.entries(tables)) {
  describe(`tokens, spans, title and due date of ${name}`, () => {
    test.each(sentences.map(([marked, title, due]) => ({ said: shown(marked), marked, title, due })))(
      '$said',
      ({ marked, title, due }) => {
        const expected = expectedOf(marked)
        const line = read(expected.text)
        expect({
          tokens: line.tokens,
          notUnderstood: line.notUnderstood.map(({ start, end, text }) => ({ start, end, text })),
          title: line.title,
          due: line.due,
        }).toEqual({
          tokens: expected.tokens,
          notUnderstood: expected.notUnderstood,
          title,
          due: dueOf(due),
        })
      },
    )
  })
}
