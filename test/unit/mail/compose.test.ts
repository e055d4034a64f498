import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { composeMessage } from '../../../shared/mail/compose.ts'
import type { RenderedMail } from '../../../shared/mail/notice.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { anAssignment, aRecipient, aTask, settings } from './notices.ts'

const rendered = (changes: Partial<RenderedMail> = {}): RenderedMail => ({
  ...renderMail(anAssignment(), aRecipient(), settings),
  ...changes,
})

describe('composeMessage', () => {
  it('carries both parts, text first, as programs expect the plainer one', async () => {
    const mail = rendered()
    const bytes = await composeMessage(mail)
    const source = Buffer.from(bytes).toString('latin1')
    expect(source.indexOf('Content-Type: text/plain')).toBeGreaterThan(0)
    expect(source.indexOf('Content-Type: text/html')).toBeGreaterThan(
      source.indexOf('Content-Type: text/plain'),
    )
    const parsed = await simpleParser(bytes)
    expect(parsed.text).toBe(mail.text)
    expect(parsed.html).toBe(mail.html)
    expect(parsed.attachments).toEqual([])
  })

  it('keeps the ids that make threads', async () => {
    const parsed = await simpleParser(await composeMessage(rendered()))
    expect(parsed.messageId).toBe('<ntc_assigned@duely.example>')
    expect(parsed.inReplyTo).toBe('<wsp_3.tsk_7@duely.example>')
    expect(parsed.references).toBe('<wsp_3.tsk_7@duely.example>')
  })

  it('is dated with the time of composing', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000
    const { date } = await simpleParser(await composeMessage(rendered()))
    expect(date?.getTime()).toBeGreaterThanOrEqual(before)
    expect(date?.getTime()).toBeLessThanOrEqual(Date.now())
  })

  it('is ASCII in lines of at most 998 octets, all ended by CRLF', async () => {
    const title = '漢字😀עברית é\n'.repeat(40)
    for (const name of ['Åsa, "the" <boss>', '山田 太郎', 'محمد', 'Ana\r\nBcc: x@evil.example']) {
      const mail = renderMail(anAssignment({ task: aTask({ title }) }), aRecipient({ name }), settings)
      const source = Buffer.from(await composeMessage(mail)).toString('latin1')
      expect(source).not.toMatch(/[^\r\n\t\x20-\x7E]|[^\r]\n|\r[^\n]|[^\r\n]{999}/)
    }
  })

  it.each(['Åsa, "the" <boss>', '山田 太郎', 'محمد', "O'Brien; (x)", 'a@b.example, c@d.example'])(
    'keeps the name %j readable and the recipient single',
    async (name) => {
      const mail = renderMail(anAssignment(), aRecipient({ name }), settings)
      const { to } = await simpleParser(await composeMessage(mail))
      expect(to?.value).toEqual([{ address: 'ana@team.example', name }])
    },
  )

  it.each([
    '=?utf-8?q?=0D=0ABcc:_x@evil.example?=',
    '=?utf-8?B?4oCu?=',
    'é =?utf-8?q?x?= é =?utf-8?q?y?=',
    `${'long '.repeat(30)}=?utf-8?q?x?=`,
  ])('lets nobody smuggle the encoded word %j into a header', async (typed) => {
    const to = { name: typed, address: 'ana@team.example' }
    const parsed = await simpleParser(await composeMessage(rendered({ subject: typed, to })))
    expect(parsed.subject?.replaceAll('\u200B', '')).toBe(typed)
    expect(parsed.to?.value.map(({ name }) => name.replaceAll('\u200B', ''))).toEqual([typed])
  })

  it.each([
    'a@x.example, b@x.example',
    'a@x.example\r\nBcc: b@x.example',
    'Ana <a@x.example>',
    'a@x.example>',
    'a b@x.example',
    '"a"@x.example',
    'a@x.example;b@x.example',
    'å@x.example',
    'a',
    '',
  ])('refuses the address %j', async (address) => {
    await expect(composeMessage(rendered({ to: { name: '', address } }))).rejects.toThrow(RangeError)
    await expect(composeMessage(rendered({ from: { name: '', address } }))).rejects.toThrow(RangeError)
  })
})
