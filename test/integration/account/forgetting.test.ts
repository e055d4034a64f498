import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { confirmSignUp, editMe, getMe, signUp } from '../../../shared/api/routes/account.ts'
import { acceptInvitation, invite } from '../../../shared/api/routes/invitations.ts'
import { listMembers, transferOwnership } from '../../../shared/api/routes/members.ts'
import { createExport, deleteMe } from '../../../shared/api/routes/privacy.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { refresh, signIn, signOut } from '../../../shared/api/routes/sessions.ts'
import { createTask, editTask, getTask, listAssignedTasks } from '../../../shared/api/routes/tasks.ts'
import { startTimer } from '../../../shared/api/routes/time.ts'
import { createToken } from '../../../shared/api/routes/tokens.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { deletionPhrase } from '../../../shared/api/schemas/privacy.ts'
import { deletionStore } from '../../../shared/data/stores/deletions.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { workspaceStore } from '../../../shared/data/stores/workspaces.ts'
import { runAccountWork } from '../../../shared/domain/account/accountWork.ts'
import { sendNotice } from '../../../shared/domain/notices/send.ts'
import { onMails } from '../../../shared/events/onMails.ts'
import { accountWorkOf, mailbox, workOffAccounts } from '../../support/accountWork.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { Crash } from '../../support/crashing.ts'
import { mailedCode } from '../../support/fakeIdentity.ts'
import { mortal } from '../../support/mortal.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const password = 'correct horse battery staple'
const once = (n: string) => ({ 'Idempotency-Key': n })

/** Everything there is in the table, as text. */
const everything = async (): Promise<string[]> => {
  const items: string[] = []
  let ExclusiveStartKey: Record<string, never> | undefined
  do {
    const page = await app.engine.client.send(
      new ScanCommand({ TableName: app.engine.tableName, ConsistentRead: true, ExclusiveStartKey }),
    )
    items.push(...(page.Items ?? []).map((item) => JSON.stringify(unmarshall(item))))
    ExclusiveStartKey = page.LastEvaluatedKey as never
  } while (ExclusiveStartKey !== undefined)
  return items
}

const succeed = async (
  who: Someone | undefined,
  ...[route, request]: Parameters<App['call']> extends [unknown, ...infer R] ? R : never
) => {
  const reply = await app.call(who, route, request)
  expect([route.name, reply.status, reply.body?.detail]).toEqual([route.name, route.reply.status, undefined])
  return reply.body
}
const open = async (name: string, email: string) => {
  await succeed(undefined, signUp, { body: { email, password, name } })
  await succeed(undefined, confirmSignUp, { body: { email, password, code: mailedCode } })
  const tokens = await succeed(undefined, signIn, { body: { email, password } })
  const { id } = await succeed({ userId: '', token: tokens.accessToken }, getMe)
  return { userId: String(id), token: String(tokens.accessToken), email, refreshToken: tokens.refreshToken }
}
type Account = Awaited<ReturnType<typeof open>>

/** Sends the mails that wait, with the rows that this leaves in the ledger. */
const sendMails = async (mailer: ReturnType<typeof mailbox>['mailer']) => {
  const { mail } = accountWorkOf(app, mailer)
  for (const notice of app.notices.splice(0)) await sendNotice(notice, mail)
}

let serial = 0
/** A team of two in which somebody has done everything that keeps a name or an address somewhere. */
const lifeOf = async (mark: string) => {
  const n = String(serial++)
  const owner = await open('Olga Owner', `olga.${n}@example.com`)
  const who = await open(`Name-${mark}`, `${mark}@example.com`)
  const { id: workspaceId } = await succeed(owner, createWorkspace, {
    body: { name: 'Acme', zone: 'UTC' },
    headers: once('workspace'),
  })
  const params = { workspaceId: String(workspaceId) }
  const invited = await succeed(owner, invite, {
    params,
    body: { email: who.email, role: 'admin' },
    headers: once('invite'),
  })
  await succeed(who, acceptInvitation, { params: { ...params, invitationId: invited.id }, body: {} })
  // Open to the address; by the person, accepted and open; in workspaces of others and of their own.
  const other = await open('Otto', `otto.${n}@example.com`)
  const second = await succeed(other, createWorkspace, { body: { name: 'Second' } })
  await succeed(other, invite, {
    params: { workspaceId: second.id },
    body: { email: who.email, role: 'member' },
    headers: once('second'),
  })
  const toOther = await succeed(who, invite, {
    params,
    body: { email: other.email, role: 'member' },
    headers: once('third'),
  })
  await succeed(other, acceptInvitation, { params: { ...params, invitationId: toOther.id }, body: {} })
  await succeed(who, invite, { params, body: { email: `nobody.${n}@example.com`, role: 'guest' } })
  const own = await succeed(who, createWorkspace, { body: { name: 'Own' }, headers: once('own') })
  await app.join(owner, String(own.id), 'member', 'Olga Owner')
  const project = await succeed(who, createProject, { params, body: { name: 'Operations', key: 'OPS' } })
  const inProject = { ...params, projectId: String(project.id) }
  const task = await succeed(who, createTask, {
    params: inProject,
    body: { title: 'Stays', assigneeIds: [who.userId, other.userId] },
    headers: once('task'),
  })
  const inTask = { ...params, taskId: String(task.id) }
  await succeed(owner, editTask, { params: inTask, body: { priority: 'high' } })
  await succeed(who, editTask, { params: inTask, body: { description: 'Also stays' } })
  await succeed(who, startTimer, { params: inTask, body: {} })
  await succeed(who, createToken, {
    body: { name: 'Script', scopes: ['tasks:read'], expiresInDays: 30 },
  })
  await succeed(who, editMe, { body: { name: `Renamed-${mark}` } })
  await succeed(who, createExport, { body: {}, headers: once('export') })
  await app.drain()
  const box = mailbox()
  await sendMails(box.mailer)
  await workOffAccounts(app, accountWorkOf(app, box.mailer))
  // Somebody else becomes an owner beside them, so that they may go.
  await succeed(who, transferOwnership, {
    params: { workspaceId: String(own.id), userId: owner.userId },
    body: {},
  })
  await app.drain()
  return { who, owner, other, params, inTask, box }
}
type Life = Awaited<ReturnType<typeof lifeOf>>

const erase = (who: Account) => succeed(who, deleteMe, { body: { password, confirm: deletionPhrase } })

/** What there is of somebody, wherever it is: items of the table, files, messages, lines of the log. */
const tracesOf = async (words: readonly string[], life: Life, stdout: readonly string[]) => {
  const all = [
    ...(await everything()),
    ...app.files.exported.values(),
    ...app.notices.map((one) => JSON.stringify(one)),
    ...app.work.map((one) => JSON.stringify(one)),
    ...app.accountWork.map((one) => JSON.stringify(one)),
    ...app.lines.map((one) => JSON.stringify(one)),
    ...stdout,
  ]
  expect(life.who.userId).not.toBe('')
  return all.filter((text) => words.some((word) => text.toLowerCase().includes(word.toLowerCase())))
}

const onceAgain = async (life: Life) => {
  const { who } = life
  const written: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line))
    return true
  })
  try {
    await app.call(undefined, signIn, { body: { email: who.email, password } })
    await app.call(undefined, refresh, { body: { refreshToken: who.refreshToken } })
    await app.call(who, signOut, { body: {} })
    await onMails(accountWorkOf(app).mail)({
      Records: [
        {
          messageId: 'm',
          body: JSON.stringify({
            kind: 'welcome',
            userId: who.userId,
            at: '2026-11-21T09:00:00.000Z',
            extra: 1,
          }),
        },
      ],
    } as never)
  } finally {
    write.mockRestore()
  }
  return written
}

test('after a deletion neither table nor files nor queues nor log hold the address or the name', async () => {
  const life = await lifeOf('xquisitemark')
  const words = ['xquisitemark']
  expect((await tracesOf(words, life, [])).length).toBeGreaterThan(5)
  await erase(life.who)
  await workOffAccounts(app, accountWorkOf(app, life.box.mailer))
  const stdout = await onceAgain(life)
  expect(stdout.length).toBeGreaterThan(0)
  expect(await tracesOf(words, life, stdout)).toEqual([])

  const { owner, who, params, inTask, box } = life
  expect(box.mails.filter(({ to }) => to === who.email).at(-1)?.subject).toBe('Your account was deleted')
  // The task is as it was, for those who stay; its person is an id that no member has.
  const task = await succeed(owner, getTask, { params: inTask })
  expect(task).toMatchObject({ title: 'Stays', description: 'Also stays', createdBy: who.userId })
  expect(task.timeEntries).toMatchObject([{ userId: who.userId, minutes: expect.any(Number) }])
  const members = await succeed(owner, listMembers, { params })
  expect(members.items.map(({ userId }: Someone) => userId)).not.toContain(who.userId)
  const assigned = await succeed(owner, listAssignedTasks, {
    params: { ...params, userId: who.userId },
  })
  expect(assigned.items).toHaveLength(1)
})

/** Somebody with a little of everything, whose account has just been given up. */
const shortLife = async () => {
  const owner = await app.person('Olga Owner')
  const who = await app.person('Cara Crash')
  const email = String((await app.stores.people.person(who.userId))?.email)
  const params = { workspaceId: String((await succeed(owner, createWorkspace, { body: { name: 'A' } })).id) }
  await app.join(who, params.workspaceId, 'admin', 'Cara Crash')
  const elsewhere = await succeed(owner, createWorkspace, { body: { name: 'B' } })
  const request = { params: { workspaceId: elsewhere.id }, body: { email, role: 'member' } }
  await succeed(owner, invite, request)
  await succeed(who, createToken, { body: { name: 'Script', scopes: ['tasks:read'], expiresInDays: 30 } })
  await succeed(who, createExport, { body: {} })
  await workOffAccounts(app)
  await deletionStore(app.table).close(who.userId, [], new Date(app.clock.now).toISOString())
  await app.drain()
  return { who, owner, email, params }
}

/** The state that a deletion leaves, with the ids and times that differ from one life to the next taken out. */
const digestOf = async ({ who, owner, email, params }: Awaited<ReturnType<typeof shortLife>>) => {
  const { memberInAnyState } = app.stores.workspaces
  const [gone, stays] = [who, owner].map(({ userId }) => memberInAnyState(params.workspaceId, userId))
  const { items } = await app.table.query({ pk: `USR#${who.userId}`, limit: 100 })
  const person = await app.stores.people.person(who.userId)
  return {
    roles: [(await gone)?.role, (await stays)?.role],
    own: items.map(({ SK }) => SK),
    person: { ...person, id: '', createdAt: '', updatedAt: '', sessionsFrom: '', deletion: '' },
    files: [...app.files.exported.keys()].filter((key) => key.startsWith(who.userId)),
    invitations: await deletionStore(app.table).invitationsTo(email),
    traces: (await everything()).filter((text) => text.includes(email)),
  }
}

test('a worker that dies at any step is followed by one that leaves the same, and tells the person once', async () => {
  const story = async (at?: number) => {
    const life = await shortLife()
    const box = mailbox()
    const world = mortal()
    const plain = accountWorkOf({ ...app, table: world.overAll(app.table) }, box.mailer)
    const work = {
      ...plain,
      workspaces: workspaceStore(world.overAll(app.table)),
      mail: {
        ...plain.mail,
        ledger: ledgerStore(world.overAll(app.table)),
        mailer: { send: world.effect('mail', box.mailer.send) },
      },
      accounts: { remove: world.effect('account', plain.accounts.remove) },
      parts: { ...plain.parts, remove: world.effect('file', plain.parts.remove) },
      queue: { send: world.effect('message', plain.queue.send) },
    }
    const messages = app.accountWork.splice(0)
    expect(messages).toMatchObject([{ kind: 'deletion', userId: life.who.userId }])
    const [message] = messages as [(typeof messages)[number]]
    await world.revive(at)
    try {
      await runAccountWork(message, work, () => true)
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
    const names = [...world.names]
    await world.revive()
    // The queue delivers again once the claim on the mail has run out, and then, as queues may, once more.
    app.clock.now += 6 * 60_000
    expect(await runAccountWork(message, work, () => true)).toBe(true)
    expect(await runAccountWork(message, work, () => true)).toBe(true)
    await workOffAccounts(app, work)
    const mails = box.mails.filter(({ to }) => to === life.email).length
    return { names, mails, digest: await digestOf(life) }
  }
  const whole = await story()
  expect(whole.mails).toBe(1)
  expect(whole.digest).toMatchObject({ own: ['USR'], files: [], invitations: [], traces: [] })
  expect(whole.names.length).toBeGreaterThan(20)
  for (let at = 1; at <= whole.names.length; at++) {
    const name = `${at} ${whole.names[at - 1]}`
    const { mails, digest } = await story(at)
    // The one window: the mail is out, and the row of the ledger does not know.
    const isWindow = name.endsWith('after mail') || whole.names[at - 2] === 'after mail'
    expect(mails, name).toBeLessThanOrEqual(isWindow ? 2 : 1)
    expect(mails, name).toBeGreaterThanOrEqual(1)
    expect(digest, name).toEqual(whole.digest)
  }
  console.info(`${whole.names.length} crash points of a deletion`)
}, 300_000)

test('a mail that cannot be sent holds a deletion up for a quarter of an hour, and no longer', async () => {
  const who = await open('Nora', 'nora@example.com')
  await erase(who)
  await app.drain()
  app.accountWork.length = 0
  const broken = { send: async () => Promise.reject(new Error('the mail service is away')) }
  const work = accountWorkOf(app, broken)
  const message = { kind: 'deletion' as const, userId: who.userId }
  await expect(runAccountWork(message, work, () => true)).rejects.toThrow('away')
  expect((await app.stores.people.person(who.userId))?.state).toBe('deleting')
  app.clock.now += 15 * 60_000
  expect(await runAccountWork(message, work, () => true)).toBe(true)
  expect((await app.stores.people.person(who.userId))?.state).toBe('deleted')
})
