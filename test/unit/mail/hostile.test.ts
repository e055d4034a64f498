import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { composeMessage } from '../../../shared/mail/compose.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { constantHeaders, harmlessHeaders } from './headerValues.ts'
import { bitingWords, headersOf, ownLine, ownLines, pagesOf } from './hostileWords.ts'
import { aRecipient, everyKind, settings } from './notices.ts'
import { addresses, skeleton, squashed, visibleText } from './reading.ts'

const words = fc
  .array(fc.oneof(fc.constantFrom(...bitingWords), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 8,
  })
  // What shows nothing has a test of its own: other words take its place, and with them other markup.
  .map((pieces) => [...`A${pieces.join('')}`].slice(0, 500).join(''))

/** Without the zero-width space that parts what looks like an encoded word. */
const asTyped = (header: string | undefined) => header?.replaceAll('=\u200B?', '=?')

describe.each(languages)('a mail with hostile words in %s', (language) => {
  const harmless = everyKind('Pump', 'Ben').map((notice) =>
    skeleton(renderMail(notice, aRecipient({ language }), settings).html),
  )

  it('has the markup of a harmless one, and no link but ours', () => {
    fc.assert(
      fc.property(words, words, words, (title, by, name) => {
        for (const [index, notice] of everyKind(title, by).entries()) {
          const { html } = renderMail(notice, aRecipient({ language, name }), settings)
          expect(skeleton(html)).toBe(harmless[index])
          expect(new Set(addresses(html))).toEqual(pagesOf(notice, language))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('says the same in text and HTML', () => {
    fc.assert(
      fc.property(words, words, words, (title, by, name) => {
        for (const notice of everyKind(title, by)) {
          const { html, text } = renderMail(notice, aRecipient({ language, name }), settings)
          expect(new Set(ownLines(text))).toEqual(pagesOf(notice, language))
          expect(squashed(visibleText(html))).toBe(squashed(text.replace(ownLine, '')))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('has a subject of one bounded line that nothing turns around', () => {
    fc.assert(
      fc.property(words, words, (title, by) => {
        for (const notice of everyKind(title, by)) {
          const { subject } = renderMail(notice, aRecipient({ language }), settings)
          expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
          expect([...subject].length).toBeLessThan(200)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('arrives with one recipient, the same headers, and what was rendered', async () => {
    const expected = await harmlessHeaders(language)
    await fc.assert(
      fc.asyncProperty(words, words, words, async (title, by, name) => {
        for (const [index, notice] of everyKind(title, by).entries()) {
          const mail = renderMail(notice, aRecipient({ language, name }), settings)
          const parsed = await simpleParser(await composeMessage(mail))
          expect(parsed.headerLines.map(({ key }) => key).sort()).toEqual(headersOf[notice.kind])
          expect(constantHeaders(parsed.headerLines)).toEqual(expected[index])
          expect(parsed.to?.value.map(({ address }) => address)).toEqual([mail.to.address])
          expect(asTyped(parsed.to?.value[0]?.name)).toBe(mail.to.name)
          expect(parsed.from?.value).toEqual([mail.from])
          expect(asTyped(parsed.subject)).toBe(mail.subject)
          expect(parsed.text).toBe(mail.text)
          expect(parsed.html).toBe(mail.html)
          expect(parsed.attachments).toEqual([])
        }
      }),
      { numRuns: 10 },
    )
  })
})
