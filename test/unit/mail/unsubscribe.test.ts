import { describe, expect, it } from 'vitest'
import { seal } from '../../../shared/http/seal.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { mailTopics } from '../../../shared/mail/topics.ts'
import { readUnsubscribeToken, unsubscribeToken, unsubscribeUrl } from '../../../shared/mail/unsubscribe.ts'
import {
  aBulk,
  aDigest,
  aDisabledWebhook,
  anAssignment,
  anInvitation,
  anMfaChange,
  aRecipient,
  aWeek,
  everyKind,
  settings,
  several,
} from './notices.ts'

const tokenOf = (url = '') => new URL(url).pathname.split('/').at(-1) ?? ''
const meaning = (notice: Parameters<typeof unsubscribeUrl>[0]) =>
  readUnsubscribeToken('key', tokenOf(unsubscribeUrl(notice, aRecipient(), settings)))

describe('the token of a link that stops mails', () => {
  it('says who, where and which, and is the same for the same', () => {
    for (const topic of mailTopics) {
      const unsubscription = { userId: 'usr_1', workspaceId: 'wsp_3', topic, language: 'en' as const }
      const token = unsubscribeToken('key', unsubscription)
      expect(token).toMatch(/^[\w-]{50,300}$/)
      expect(readUnsubscribeToken('key', token)).toEqual(unsubscription)
      expect(unsubscribeToken('key', unsubscription)).toBe(token)
    }
  })

  it('opens under no other key, changed in no bit, and is sealed for nothing else', () => {
    const token = unsubscribeToken('key', {
      userId: 'usr_1',
      workspaceId: 'wsp_3',
      topic: 'due',
      language: 'en',
    })
    expect(readUnsubscribeToken('other', token)).toBeUndefined()
    const bytes = Buffer.from(token, 'base64url')
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(readUnsubscribeToken('key', changed.toString('base64url'))).toBeUndefined()
    }
    for (const forged of [
      '',
      'x',
      token.slice(1),
      `${token}A`,
      `${token}=`,
      seal('key', 'attachment ticket', 'usr_1 wsp_3 due en'),
    ])
      expect(readUnsubscribeToken('key', forged)).toBeUndefined()
  })

  it('refuses what the key sealed for this use but that is not whole', () => {
    for (const text of ['usr_1 wsp_3', 'usr_1 wsp_3 everything en', '  due en', 'usr_1 wsp_3 due it'])
      expect(readUnsubscribeToken('key', seal('key', 'unsubscribe', text))).toBeUndefined()
  })
})

describe('a mail', () => {
  it.each([
    [anAssignment(), 'assigned'],
    [aBulk(), 'assigned'],
    [aDigest(), 'daily'],
    [aWeek(), 'weekly'],
    [several(), 'all'],
  ] as const)('is stopped by the preference that governs it ($0.kind)', (notice, topic) => {
    expect(meaning(notice)).toEqual({ userId: 'usr_1', workspaceId: 'wsp_3', topic, language: 'en' as const })
  })

  it('offers one click to programs (RFC 8058), and the same address to people in both parts', () => {
    const notice = anAssignment()
    const url = unsubscribeUrl(notice, aRecipient(), settings) ?? ''
    const { headers, text, html } = renderMail(notice, aRecipient(), settings)
    expect(url).toMatch(/^https:\/\/duely\.example\/v1\/unsubscribe\/[\w-]+$/)
    expect(headers['List-Unsubscribe']).toBe(`<${url}>`)
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(text).toContain(`\nStop mails of this kind\n${url}\n`)
    expect(html).toContain(`href="${url}"`)
  })

  it('that no preference governs, or to somebody without an account, offers none', () => {
    const welcome = { kind: 'welcome', id: 'ntc' } as const
    for (const notice of [anInvitation(), anMfaChange(), aDisabledWebhook(), welcome]) {
      expect(renderMail(notice, aRecipient(), settings).headers).not.toHaveProperty('List-Unsubscribe')
    }
    const { userId: _, ...stranger } = aRecipient()
    for (const notice of everyKind('Pump')) {
      const { headers, text } = renderMail(notice, stranger, settings)
      expect(JSON.stringify(headers) + text).not.toMatch(/unsubscribe/i)
    }
  })
})
