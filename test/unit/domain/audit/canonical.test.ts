import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../../../../shared/domain/audit/canonical.ts'

describe('canonical JSON', () => {
  test('is that of the example of RFC 8785, section 3.2.3', () => {
    const given = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`)
    expect(canonical(given)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('sorts names by their UTF-16 units, as in section 3.2.3', () => {
    const given = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    const values = Object.values(JSON.parse(canonical(given)))
    // `1` comes first in any object; the text says whether the rest is in order.
    expect(canonical(given).indexOf('Carriage')).toBeLessThan(canonical(given).indexOf('One'))
    expect(values.slice(1)).toEqual([
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test('says the same of the same value, in whatever order its members stand, and different things of others', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled)
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, shuffled(member)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (one, other) => {
        expect(canonical(shuffled(one))).toBe(canonical(one))
        const [a, b] = [one, other].map((value) => JSON.stringify(JSON.parse(canonical(value))))
        expect(canonical(one) === canonical(other)).toBe(a === b)
      }),
    )
  })

  test('leaves out what is not there, and has a form for text that is not well formed', () => {
    expect(canonical({ b: undefined, a: [1, '\ud800'] })).toBe('{"a":[1,"\ufffd"]}')
  })
})
