import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { languages } from '../../../shared/api/languages.ts'
import { composeMessage } from '../../../shared/mail/compose.ts'
import { noticeUrl } from '../../../shared/mail/links.ts'
import type { MailNotice } from '../../../shared/mail/notice.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { unsubscribeUrl } from '../../../shared/mail/unsubscribe.ts'
import { aRecipient, everyKind, settings } from './notices.ts'
import { addresses, skeleton, squashed, visibleText } from './reading.ts'

const bitingWords = [
  '<script>alert(1)</script>',
  '</title></td></table></body>',
  '<a href="https://evil.example">',
  '" onload="alert(1)',
  "' style='position:fixed",
  '<!--',
  ']]>',
  '&lt;b&gt;&#x3c;',
  '\r\nBcc: victim@evil.example\r\n\r\n',
  '\n.\n',
  '\u0000',
  '\u202Egnp.exe',
  '\u2066',
  '\u2069',
  '\u200B\u200D\u200C',
  '{title}{actor}{name}',
  '{count, plural, one {#} other {#}}',
  "'{'",
  '<0>{0}</0>',
  '%0d%0aBcc: victim@evil.example',
  'аdmin@duely.example',
  '$&$1',
  'https://evil.example/a?b=c',
  'javascript:alert(1)',
  'a@evil.example, b@evil.example',
  '=?utf-8?q?=0D=0ABcc:x?=',
  '"',
  '\\',
  ',;<>()@',
  '👩‍👩‍👧‍👦',
  'Z\u0301\u0302\u0303',
  'مضخة',
  '漢字',
  'x'.repeat(500),
]
const words = fc
  .array(fc.oneof(fc.constantFrom(...bitingWords), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 8,
  })
  // What shows nothing has a test of its own: other words take its place, and with them other markup.
  .map((pieces) => [...`A${pieces.join('')}`].slice(0, 500).join(''))

const headersOfEvery = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-duely-notice',
]
const inWorkspace = [...headersOfEvery, 'list-id'].sort()
const governed = [...inWorkspace, 'list-unsubscribe', 'list-unsubscribe-post'].sort()
const aboutTask = [...governed, 'in-reply-to', 'references'].sort()
const headersOf: Record<MailNotice['kind'], readonly string[]> = {
  welcome: headersOfEvery,
  farewell: headersOfEvery,
  mfa: headersOfEvery,
  invited: inWorkspace,
  bulk: governed,
  several: governed,
  digest: governed,
  weekly: governed,
  webhookDisabled: inWorkspace,
  assigned: aboutTask,
  status: aboutTask,
  mentioned: aboutTask,
  commented: aboutTask,
  reminder: aboutTask,
  dueSoon: aboutTask,
  due: aboutTask,
  overdue: aboutTask,
  escalated: aboutTask,
}

/** Addresses that a mail may lead to: its own page, and those of the tasks it lists. */
const pagesOf = (notice: MailNotice): ReadonlySet<string> => {
  const { publicUrl } = settings
  const listed = [
    ...('overdue' in notice ? [...notice.overdue, ...notice.dueToday] : []),
    ...('completed' in notice ? [...notice.completed, ...notice.next] : []),
    ...('notices' in notice ? notice.notices.flatMap((one) => ('task' in one ? one.task : [])) : []),
  ]
  const stop = unsubscribeUrl(notice, aRecipient(), settings)
  return new Set([
    noticeUrl(notice, publicUrl),
    ...(stop ? [stop] : []),
    ...listed.map(({ id }) => `${publicUrl}/w/wsp_3/tasks/${id}`),
  ])
}

/** Addresses on lines of their own: no words of people stand alone on a line without a mark before them. */
const ownLine = /^(?: {2})?https:\S+$/gm
const ownLines = (text: string) => (text.match(ownLine) ?? []).map((line) => line.trim())

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
          expect(new Set(addresses(html))).toEqual(pagesOf(notice))
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
          expect(new Set(ownLines(text))).toEqual(pagesOf(notice))
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
    await fc.assert(
      fc.asyncProperty(words, words, words, async (title, by, name) => {
        for (const notice of everyKind(title, by)) {
          const mail = renderMail(notice, aRecipient({ language, name }), settings)
          const parsed = await simpleParser(await composeMessage(mail))
          expect(parsed.headerLines.map(({ key }) => key).sort()).toEqual(headersOf[notice.kind])
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
