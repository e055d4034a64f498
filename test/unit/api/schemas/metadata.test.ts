import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { metadata } from '../../../../shared/api/schemas/metadata.ts'

const isTaken = (value: unknown): boolean => z.safeParse(metadata, value).success
/** An object of so many levels, itself the first. */
const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) })
/** An object whose JSON has so many bytes. */
const ofBytes = (bytes: number, character = 'x') => {
  const room = bytes - '{"a":""}'.length
  const size = Buffer.byteLength(character)
  return { a: character.repeat(Math.floor(room / size)) + 'x'.repeat(room % size) }
}

describe('metadata', () => {
  test.each([
    ['nothing', {}, true],
    ['8,192 bytes of JSON', ofBytes(8_192), true],
    ['8,193 bytes', ofBytes(8_193), false],
    ['8,192 bytes in fewer characters', ofBytes(8_192, '語'), true],
    ['8,193 bytes in fewer characters', ofBytes(8_193, '語'), false],
    ['ten levels', nested(10), true],
    ['eleven levels', nested(11), false],
    ['eleven levels, some of them lists', { a: [[[[[[[[[{}]]]]]]]]] }, false],
    ['a member without a name', { '': 1 }, false],
    ['one further down', { a: [{ '': 1 }] }, false],
    ['a prototype further down', JSON.parse('{"a": {"__proto__": {"x": 1}}}'), false],
    ['a NUL', { a: 'x\u0000' }, false],
    ['a NUL in a name', { 'x\u0000': 1 }, false],
    ['a lone surrogate', { a: ['\ud800'] }, false],
    ['a lone surrogate in a name', { '\udc00': 1 }, false],
    ['null, true, and lists of anything', { a: null, b: [true, [], {}, null, 'x', 1.5] }, true],
    ['the greatest whole number that is exact', { a: 2 ** 53 - 1, b: [1 - 2 ** 53] }, true],
    ['a greater one', { a: 2 ** 53 }, false],
    ['a greater one of the other sign', { a: [-(2 ** 53)] }, false],
    ['a number that is no whole one either', { a: 1e200 }, false],
    ['the smallest', { a: 1e-129 }, true],
    ['a smaller one', { a: { b: 1e-131 } }, false],
    ['a list', [], false],
    ['a text', '{}', false],
    ['null', null, false],
  ])('of %s: %s', (_name, value, expected) => {
    expect(isTaken(value)).toBe(expected)
  })

  test('that is taken is stored to the letter, whatever it says', () => {
    const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((one) => ({ a: one }))
    let taken = 0
    fc.assert(
      fc.property(value, (given) => {
        const sent = JSON.parse(JSON.stringify(given)) as object
        if (!isTaken(sent)) return
        taken += 1
        expect(z.parse(metadata, sent)).toEqual(sent)
        expect(unmarshall(marshall(sent, { removeUndefinedValues: true }))).toEqual(sent)
      }),
      { numRuns: 500 },
    )
    expect(taken).toBeGreaterThan(100)
  })

  test('says in its refusal what would be right', () => {
    for (const value of [nested(11), { '': 1 }, { a: 1e200 }, { a: '\u0000' }, ofBytes(9_000)]) {
      const { error } = z.safeParse(metadata, value)
      expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/^must /)])
    }
  })
})
