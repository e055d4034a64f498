import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Language, languages } from '../../../shared/api/languages.ts'
import { direction, negotiate } from '../../../shared/i18n/language.ts'

describe('negotiate', () => {
  it.each<[string | undefined, Language]>([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE', 'de'],
    ['de-CH-1996', 'de'],
    ['ja-JP', 'ja'],
    ['ar-EG,en;q=0.5', 'ar'],
    ['fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5', 'fr'],
    ['en;q=0.3, es;q=0.4', 'es'],
    ['en;q=0.899, es;q=0.9', 'es'],
    ['es, fr', 'es'],
    ['zh-Hant, pt;q=0.9, fr;q=0.1', 'fr'],
    ['zh-Hant', 'en'],
    ['*', 'en'],
    ['*, de;q=0.1', 'de'],
    ['de ; q=0.5 , \t ja;Q=0.6', 'ja'],
  ])('answers %j with %s', (header, expected) => {
    expect(negotiate(header)).toBe(expected)
  })

  it('never chooses a language of weight 0, but a refused variant leaves the language', () => {
    expect(negotiate('de;q=0, fr;q=0.1')).toBe('fr')
    expect(negotiate('de-DE, de;q=0, fr;q=0.1')).toBe('fr')
    expect(negotiate('de-AT;q=0, de;q=0.9')).toBe('de')
    expect(negotiate('de;q=0.000')).toBe('en')
  })

  it.each([
    'de;q=2',
    'de;q=1.001',
    'de;q=0.1234',
    'de;q=-1',
    'de;q=',
    'de;x=1',
    'de_DE',
    'd e',
    'de-',
    ';q=1',
    'deutschsprachig',
  ])('leaves out the malformed element %j and reads the rest', (element) => {
    expect(negotiate(`${element}, ja;q=0.2`)).toBe('ja')
    expect(negotiate(element)).toBe('en')
  })

  it('chooses the heaviest supported range, the first among equals', () => {
    const range = fc.record({
      tag: fc.constantFrom(...languages, 'pt', 'zh'),
      variant: fc.constantFrom('', '-XX', '-Latn-XX'),
      thousandths: fc.integer({ min: 1, max: 1000 }),
    })
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), (ranges) => {
        const header = ranges
          .map((r) => `${r.tag}${r.variant};q=${(r.thousandths / 1000).toFixed(3)}`)
          .join(', ')
        let expected: Language = 'en'
        let best = 0
        for (const { tag, thousandths } of ranges) {
          const language = languages.find((known) => known === tag)
          if (language && thousandths > best) [expected, best] = [language, thousandths]
        }
        expect(negotiate(header)).toBe(expected)
      }),
    )
  })

  it('answers any text with a language', () => {
    const piece = fc.constantFrom(
      'de',
      ',',
      ';',
      'q=',
      '0.5',
      '-',
      ' ',
      '\t',
      '*',
      'ar',
      '1',
      '\r\n',
      '\0',
      '٣',
    )
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(header, (text) => {
        expect(languages).toContain(negotiate(text))
      }),
    )
  })

  it.each([
    ['elements', ','],
    ['spaces', ' '],
    ['subtags', '-a'],
    ['weights', ';q=1'],
    ['letters', 'a'],
  ])('spends no time on ten million characters of %s', (_, filler) => {
    const header = `ja, x${filler.repeat(10_000_000 / filler.length)}`
    negotiate(header)
    const before = process.cpuUsage()
    for (let call = 0; call < 10; call += 1) expect(negotiate(header)).toBe('ja')
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(100)
  })
})

describe('direction', () => {
  it('is right to left for Arabic only', () => {
    expect(languages.filter((language) => direction(language) === 'rtl')).toEqual(['ar'])
  })
})
