import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../shared/api/languages.ts'
import { resumeMail } from '../../shared/api/routes/account.ts'
import { reinstateMember, suspendMember } from '../../shared/api/routes/members.ts'
import {
  editNotificationPreferences,
  getNotificationPreferences,
} from '../../shared/api/routes/notifications.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import { createTask } from '../../shared/api/routes/tasks.ts'
import { getUnsubscribe, unsubscribe } from '../../shared/api/routes/unsubscribe.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { suppressionStore } from '../../shared/data/stores/suppressions.ts'
import { waitingStore } from '../../shared/data/stores/waiting.ts'
import { suppress } from '../../shared/domain/mail/suppression.ts'
import { askToUnsubscribe } from '../../shared/domain/notices/useUnsubscribe.ts'
import { serveOpen } from '../../shared/http/serveOpen.ts'
import type { MailTopic } from '../../shared/mail/topics.ts'
import { unsubscribeToken } from '../../shared/mail/unsubscribe.ts'
import { linksWith } from '../../shared/mail/unsubscribing.ts'
import { type App, type Someone, startApp } from '../support/app.ts'
import { noticeWorkers } from '../support/noticeWorkers.ts'

let app: App
let ana: Someone
let workspaceId: string
beforeAll(async () => {
  app = await startApp()
  ana = await app.person('Ana', { language: 'de' })
  workspaceId = (await app.call(ana, createWorkspace, { body: { name: 'Acme' } })).body.id
})
afterAll(() => app.close())

const linkTo = (topic: MailTopic, who = ana, language: Language = 'en') => ({
  params: {
    token: unsubscribeToken(app.settings.cursorKey, { userId: who.userId, workspaceId, topic, language }),
  },
})
/** The page is served by a function of its own, which has no table. */
const open = async (token: string) => {
  const {
    statusCode,
    headers = {},
    body,
  } = await serveOpen(
    getUnsubscribe,
    (ask) => askToUnsubscribe(ask, linksWith(app.settings.cursorKey)),
    app.settings,
  )({ httpMethod: 'GET', pathParameters: { token }, headers: {} } as never, {} as never)
  return { status: statusCode, headers, body: Buffer.from(body, 'base64').toString() }
}
const form = {
  body: 'List-Unsubscribe=One-Click',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
}
const preferencesOf = async (who: Someone) =>
  (await app.call(who, getNotificationPreferences, { params: { workspaceId } })).body
/** Kinds of the mails that somebody gets when Ana assigns a task to them. */
const mailsAfterAssigning = async ({ userId }: Someone): Promise<string[]> => {
  await app.drain()
  app.notices.length = 0
  const kinds: string[] = []
  const tell = noticeWorkers(app, {
    ...{ facts: app.facts, ledger: app.facts.inbox, waiting: waitingStore(app.table), newClaim: randomUUID },
    now: () => new Date(app.clock.now).toISOString(),
    mailer: { send: async ({ kind }) => `${kinds.push(kind)}` },
  })
  const project = { name: 'P', key: `K${randomUUID().slice(0, 4).toUpperCase()}` }
  const { id: projectId } = (await app.call(ana, createProject, { params: { workspaceId }, body: project }))
    .body
  const task = { params: { workspaceId, projectId }, body: { title: 'T', assigneeIds: [userId] } }
  expect((await app.call(ana, createTask, task)).status).toBe(201)
  await app.drain()
  for (const message of app.notices.splice(0)) expect(await tell(message)).toBe(true)
  return kinds
}

describe('the link in a mail', () => {
  test('opens a page in the language of the person, which asks and changes nothing', async () => {
    const before = await preferencesOf(ana)
    const { status, headers, body } = await open(linkTo('due', ana, 'de').params.token)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(body).toContain('<html lang="de" dir="ltr">')
    expect(body).toContain('Fällige Aufgaben')
    expect(body).toContain('<form method="post">')
    expect(body).not.toMatch(/<script|<img|<link|src=|href=/)
    expect(await preferencesOf(ana)).toEqual(before)
  })

  test.each([
    ['as mail programs click it', form],
    ['with JSON', { body: {} }],
    ['with nothing', {}],
  ])('stops mails of its kind (%s), and again without a write', async (_, request) => {
    const who = await app.person('Ben')
    await app.join(who, workspaceId, 'member')
    const { effective } = await preferencesOf(who)
    for (let n = 0; n < 2; n++) {
      const { status, body } = await app.call(undefined, unsubscribe, { ...linkTo('due', who), ...request })
      expect(status).toBe(200)
      expect(body).toContain('Tasks that are due')
      expect(body).not.toContain('<form')
    }
    const after = await preferencesOf(who)
    expect(after.version).toBe(1)
    expect(after.effective).toEqual({
      ...effective,
      kinds: { ...effective.kinds, due: { inbox: true, mail: false } },
    })
  })

  test('keeps what the person has chosen meanwhile', async () => {
    const body = { mailWindow: 'hourly', kinds: { status: { mail: true } } }
    await app.call(ana, editNotificationPreferences, { params: { workspaceId }, body })
    await Promise.all([
      app.call(undefined, unsubscribe, linkTo('daily')),
      app.call(undefined, unsubscribe, linkTo('mentioned')),
    ])
    const { effective } = await preferencesOf(ana)
    expect(effective).toMatchObject({ mailWindow: 'hourly', digest: { daily: false, weekly: true } })
    expect(effective.kinds).toMatchObject({ status: { mail: true }, mentioned: { mail: false } })
  })

  test('of somebody who has left answers the same, and writes nothing', async () => {
    const gone = await app.person('Cleo')
    const { status, body } = await app.call(undefined, unsubscribe, linkTo('all', gone))
    expect(status).toBe(200)
    expect(body).toContain('All notifications')
    expect(await app.facts.preferences.preferences(workspaceId, gone.userId)).toBeUndefined()
  })

  test('of somebody who is suspended counts once they are reinstated', async () => {
    const who = await app.person('Finn')
    await app.join(who, workspaceId, 'member')
    const member = { params: { workspaceId, userId: who.userId }, body: {} }
    expect((await app.call(ana, suspendMember, member)).status).toBe(200)
    expect((await app.call(undefined, unsubscribe, { ...linkTo('assigned', who), ...form })).status).toBe(200)
    expect((await app.call(ana, reinstateMember, member)).status).toBe(200)
    // Nor does the pipeline, which follows both, drop what was chosen.
    await app.drain()
    expect((await preferencesOf(who)).effective.kinds.assigned).toEqual({ inbox: true, mail: false })
    expect(await mailsAfterAssigning(who)).toEqual([])
    await app.call(who, editNotificationPreferences, {
      params: { workspaceId },
      body: { kinds: { assigned: { mail: true } } },
    })
    expect(await mailsAfterAssigning(who)).toEqual(['assigned'])
  })

  test('that is none leads nowhere, signs nobody in, and opens nothing else', async () => {
    const { token } = linkTo('due').params
    for (const forged of [`${token}A`, token.slice(0, -2), token.toLowerCase(), 'x'.repeat(80), 'x']) {
      expect((await open(forged)).status).toBe(404)
      expect((await app.call(undefined, unsubscribe, { params: { token: forged } })).status).toBe(404)
    }
    const bearer = { userId: ana.userId, token }
    expect((await app.call(bearer, getNotificationPreferences, { params: { workspaceId } })).status).toBe(401)
  })

  test('is counted', async () => {
    const who = await app.person('Dora')
    const statuses = []
    for (let n = 0; n < 21; n++)
      statuses.push((await app.call(undefined, unsubscribe, linkTo('due', who))).status)
    expect(statuses).toEqual([...Array(20).fill(200), 429])
  })
})

describe('somebody whose mails came back', () => {
  const refuse = async (cause: 'bounced' | 'complained', daysAgo: number) => {
    const who = await app.person('Eve')
    const { email = '' } = (await app.stores.people.person(who.userId)) ?? {}
    const at = new Date(app.clock.now - daysAgo * 86_400_000).toISOString()
    await suppress(email, { cause, at }, suppressionStore(app.table))
    const state = () => suppressionStore(app.table).suppression(email)
    return { who, state }
  }

  test('has them sent again, as often as they ask', async () => {
    const { who, state } = await refuse('bounced', 0)
    for (let n = 0; n < 2; n++) expect((await app.call(who, resumeMail)).status).toBe(204)
    expect(await state()).toMatchObject({ liftedAt: expect.any(String), version: 2 })
  })

  test('has to wait for seven days after a mail was reported as spam, and learns until when', async () => {
    const early = await refuse('complained', 6.9)
    const refusal = await app.call(early.who, resumeMail)
    expect(refusal.status).toBe(409)
    expect(refusal.body.detail).toMatch(/again from 20\d\d-/)
    expect(await early.state()).toMatchObject({ liftedAt: null })
    const late = await refuse('complained', 7.1)
    expect((await app.call(late.who, resumeMail)).status).toBe(204)
  })

  test('leaves no address in the table', async () => {
    const { who } = await refuse('bounced', 0)
    const { email = '' } = (await app.stores.people.person(who.userId)) ?? {}
    const item = await suppressionStore(app.table).suppression(email)
    expect(JSON.stringify(item)).not.toContain(email)
  })
})
