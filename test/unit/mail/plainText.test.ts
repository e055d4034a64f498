import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shorten, singleLine, withoutAddresses } from '../../../shared/mail/plainText.ts'

describe('singleLine', () => {
  it.each([
    ['a\r\nBcc: b@evil.example', 'a Bcc: b@evil.example'],
    ['a\u0000b\u0007c\u0085d\u2028e\u2029f', 'a b c d e f'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['\u2066a\u2069\u200Eb\u200Fc\u061Cd', 'abcd'],
    ['pay\u200Bpal\u2060\uFEFF\u00AD', 'paypal'],
    ['  many \t spaces\u00A0here ', 'many spaces here'],
    ['\u200B\u202E\n', ''],
    ['half a \uD83D face', 'half a \uFFFD face'],
  ])('turns %j into %j', (text, expected) => {
    expect(singleLine(text)).toBe(expected)
  })

  it('keeps the joiners of emoji and of Persian, and combining marks', () => {
    for (const text of ['👩‍👩‍👧‍👦', 'می‌خواهم', 'e\u0301', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️']) expect(singleLine(text)).toBe(text)
  })

  it('leaves no control, line separator or bidi control, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        expect(singleLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|^\s|\s$/u)
      }),
    )
  })
})

describe('shorten', () => {
  it('leaves what fits alone', () => {
    expect(shorten('😀'.repeat(80), 80)).toBe('😀'.repeat(80))
  })

  it('ends what does not fit with an ellipsis within the limit', () => {
    expect(shorten('x'.repeat(500), 80)).toBe(`${'x'.repeat(79)}…`)
  })

  it('cuts between graphemes', () => {
    expect(shorten(`abc${'👩‍👩‍👧‍👦'.repeat(3)}`, 12)).toBe('abc👩‍👩‍👧‍👦…')
  })

  it('holds the limit even if a single grapheme is longer, and splits no surrogate pair', () => {
    expect(shorten(`Z${'\u0301'.repeat(499)}`, 80)).toBe(`Z${'\u0301'.repeat(78)}…`)
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc.integer({ min: 2, max: 90 }),
        (text, limit) => {
          const short = shorten(text, limit)
          expect([...short].length).toBeLessThanOrEqual(limit)
          if (text.isWellFormed()) expect(short.isWellFormed()).toBe(true)
          expect(text.startsWith(short.replace(/…$/u, ''))).toBe(true)
        },
      ),
    )
  })
})

describe('withoutAddresses', () => {
  it('breaks web and mail addresses, and only them', () => {
    expect(withoutAddresses('https://evil.example/x')).not.toMatch(/:\/\/|evil\.example/)
    expect(withoutAddresses('www.evil.example')).not.toMatch(/www\.evil|evil\.example/)
    expect(withoutAddresses('a@evil.example')).not.toContain('@evil')
    expect(withoutAddresses('St. Mary & Sons, Ltd.')).toBe('St. Mary & Sons, Ltd.')
    expect(withoutAddresses('https://evil.example').replaceAll('\u200B', '')).toBe('https://evil.example')
  })
})
