import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { composeMessage } from '../../../shared/mail/compose.ts'
import type { MailNotice } from '../../../shared/mail/notice.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { constantHeaders, harmlessHeaders } from './headerValues.ts'
import { bitingWords, headersOf, ownLine, ownLines, pagesOf } from './hostileWords.ts'
import { aRecipient, everyKind, settings } from './notices.ts'
import { addresses, squashed, visibleText } from './reading.ts'

const patience = 120_000
const address = 'ana@team.example'

/** What a person would see of the braces of a template that nobody filled. */
const unresolved =
  /\{(?:actor|task|title|key|count|workspace|name|status|date|range|time|duration|origin|topic)\b|undefined|\[object/

const typedAt = (title: string, language: (typeof languages)[number]) => {
  const recipient = aRecipient({ language, name: title })
  return everyKind(title).map((notice) => ({ notice, mail: renderMail(notice, recipient, settings) }))
}

const arrived = async (notice: MailNotice, mail: ReturnType<typeof renderMail>) => {
  const {
    headerLines,
    to,
    cc,
    bcc,
    from,
    text = '',
    html,
    attachments,
  } = await simpleParser(await composeMessage(mail))
  expect(headerLines.map(({ key }) => key).sort()).toEqual(headersOf[notice.kind])
  expect([to, cc, bcc].flatMap((list) => list?.value.map((one) => one.address) ?? [])).toEqual([address])
  expect(from?.value).toEqual([mail.from])
  expect(attachments).toEqual([])
  return { text, html: String(html), constant: constantHeaders(headerLines) }
}

describe.each(languages)('every template in %s, with every hostile word in every place', (language) => {
  it(
    'arrives at one person, with its own headers and links alone, and says the same twice',
    async () => {
      const harmless = await harmlessHeaders(language)
      for (const word of bitingWords) {
        for (const [index, { notice, mail }] of typedAt(word, language).entries()) {
          const { text, html, constant } = await arrived(notice, mail)
          expect(constant).toEqual(harmless[index])
          expect(new Set(addresses(html))).toEqual(pagesOf(notice, language))
          expect(new Set(ownLines(text))).toEqual(pagesOf(notice, language))
          expect(squashed(visibleText(html))).toBe(squashed(text.replace(ownLine, '')))
        }
      }
    },
    patience,
  )

  it('leaves no argument open', () => {
    for (const word of bitingWords.filter((one) => !unresolved.test(one))) {
      for (const { mail } of typedAt(word, language)) {
        expect([mail.subject, mail.text, visibleText(mail.html)].join('\n')).not.toMatch(unresolved)
      }
    }
  })
})
