import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { confirmSignUp, editMe, getMe, signUp } from '../../../shared/api/routes/account.ts'
import { invite } from '../../../shared/api/routes/invitations.ts'
import { listMembers } from '../../../shared/api/routes/members.ts'
import { confirmTotp, enrolTotp, getMfa } from '../../../shared/api/routes/mfa.ts'
import { deleteMe } from '../../../shared/api/routes/privacy.ts'
import { refresh, signIn } from '../../../shared/api/routes/sessions.ts'
import { createToken } from '../../../shared/api/routes/tokens.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { deletionPhrase } from '../../../shared/api/schemas/privacy.ts'
import { accountWorkOf, mailbox, workOffAccounts } from '../../support/accountWork.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { rightCode } from '../../support/fakeAuthenticators.ts'
import { mailedCode } from '../../support/fakeIdentity.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const password = 'correct horse battery staple'
const confirm = deletionPhrase

interface Account extends Someone {
  readonly email: string
  readonly refreshToken: string
}
const account = async (name = 'Dora', email = `dora.${randomUUID()}@example.com`): Promise<Account> => {
  await app.call(undefined, signUp, { body: { email, password, name } })
  await app.call(undefined, confirmSignUp, { body: { email, password, code: mailedCode } })
  const { body } = await app.call(undefined, signIn, { body: { email, password } })
  const { accessToken: token, refreshToken } = body
  const me = await app.call({ userId: '', token }, getMe)
  return { userId: me.body.id, token, email, refreshToken }
}
/** From a browser of our own origin, which has a cookie to forget. */
const headers = { Origin: 'https://duely.test' }
const erase = (who: Someone, body: object = { password, confirm }) =>
  app.call(who, deleteMe, { body, headers })
const personOf = ({ userId }: Someone) => app.stores.people.person(userId)
const workspaceOf = async (owner: Someone, name = 'Acme'): Promise<string> =>
  String((await app.call(owner, createWorkspace, { body: { name } })).body.id)
const standing = async (workspaceId: string, { userId }: Someone) =>
  (await app.stores.workspaces.memberInAnyState(workspaceId, userId))?.role
const ownersOf = async (workspaceId: string) => (await app.stores.workspaces.workspace(workspaceId))?.owners

describe('an account is not deleted', () => {
  test('without the password, or without the words', async () => {
    const who = await account()
    const before = await personOf(who)
    expect((await erase(who, { password: 'another horse battery', confirm })).status).toBe(401)
    const unsaid = await erase(who, { password, confirm: 'Delete my account' })
    expect([unsaid.status, unsaid.body.errors[0].pointer]).toEqual([400, '/confirm'])
    expect(await personOf(who)).toEqual(before)
    expect((await app.call(who, getMe)).status).toBe(200)
  })

  test('while it is the last active owner of a workspace, which the refusal names', async () => {
    const who = await account()
    const [alone, shared] = [await workspaceOf(who, 'Mine alone'), await workspaceOf(who, 'Ours')]
    const other = await app.person('Olga')
    await app.join(other, shared, 'admin')
    const refused = await erase(who)
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:duely:problem:conflict'])
    expect(refused.body.workspaces).toEqual(
      expect.arrayContaining([
        { id: alone, name: 'Mine alone' },
        { id: shared, name: 'Ours' },
      ]),
    )
    expect([await standing(alone, who), await ownersOf(alone)]).toEqual(['owner', 1])
    expect((await app.call(who, getMe)).status).toBe(200)
  })

  test('while it is such an owner, and no recovery code is used up for that', async () => {
    const who = await account()
    await app.call(who, enrolTotp, { body: { password } })
    const confirmed = await app.call(who, confirmTotp, { body: { password, code: rightCode(1) } })
    expect(confirmed.status).toBe(200)
    await workspaceOf(who)
    const [recoveryCode] = confirmed.body.recoveryCodes
    expect((await erase(who, { password, confirm, recoveryCode })).status).toBe(409)
    expect((await app.call(who, getMfa)).body.recoveryCodesLeft).toBe(10)
  })

  test('by a personal access token', async () => {
    const who = await account()
    const body = { name: 'Script', scopes: ['account:read', 'tasks:write'], expiresInDays: 30 }
    const made = await app.call(who, createToken, { body })
    expect(made.status).toBe(201)
    const refused = await erase({ userId: who.userId, token: made.body.token })
    expect(refused.status).toBe(401)
    expect((await personOf(who))?.state).toBe('active')
  })
})

describe('of two owners who delete their accounts at once', () => {
  test('one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await account(), await account()]
      const workspaceId = await workspaceOf(one)
      await app.join(other, workspaceId, 'owner')
      const workspace = await app.stores.workspaces.workspace(workspaceId)
      await app.table.update(
        { PK: `WSP#${workspaceId}`, SK: 'WSP' },
        { set: { owners: 2 } },
        { present: true },
      )
      expect(workspace?.owners).toBe(1)
      const replies = await Promise.all([erase(one), erase(other)])
      expect(replies.map(({ status }) => status).sort()).toEqual([204, 409])
      expect(await ownersOf(workspaceId)).toBe(1)
      const stands = await Promise.all([standing(workspaceId, one), standing(workspaceId, other)])
      expect(stands.filter((role) => role === 'owner')).toHaveLength(1)
    }
  })
})

describe('a deleted account', () => {
  test('ends at once: sessions, tokens, refresh, sign-in, ownerships that others share', async () => {
    const who = await account()
    const body = { name: 'Script', scopes: ['account:read'], expiresInDays: 30 }
    const token = (await app.call(who, createToken, { body })).body.token
    const workspaceId = await workspaceOf(who)
    const other = await app.person('Olga')
    await app.join(other, workspaceId, 'owner')
    await app.table.update({ PK: `WSP#${workspaceId}`, SK: 'WSP' }, { set: { owners: 2 } }, { present: true })
    const gone = await erase(who)
    expect([gone.status, gone.headers['set-cookie']]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await app.call(who, getMe)).status).toBe(401)
    expect((await app.call({ ...who, token }, getMe)).status).toBe(401)
    expect((await app.call(who, editMe, { body: { name: 'Still here' } })).status).toBe(401)
    expect((await app.call(undefined, refresh, { body: { refreshToken: who.refreshToken } })).status).toBe(
      401,
    )
    expect((await app.call(undefined, signIn, { body: { email: who.email, password } })).status).toBe(401)
    expect([await standing(workspaceId, who), await ownersOf(workspaceId)]).toEqual([undefined, 1])
    expect((await erase(who)).status).toBe(401)
  })

  test('is told once, and leaves nothing but an id', async () => {
    const owner = await account('Olga')
    const workspaceId = await workspaceOf(owner)
    const who = await account()
    await app.join(who, workspaceId, 'member', 'Dora')
    await app.call(owner, invite, { params: { workspaceId }, body: { email: who.email, role: 'guest' } })
    await workOffAccounts(app)
    const { mails, mailer } = mailbox()
    await erase(who)
    await workOffAccounts(app, accountWorkOf(app, mailer))
    expect(mails).toMatchObject([{ to: who.email, subject: 'Your account was deleted' }])
    expect(await personOf(who)).toMatchObject({ id: who.userId, state: 'deleted', email: '', name: '' })
    const { items } = await app.table.query({ pk: `USR#${who.userId}`, limit: 10 })
    expect(items.map(({ SK }) => SK)).toEqual(['USR'])
    expect(await standing(workspaceId, who)).toBeUndefined()
    const members = await app.call(owner, listMembers, { params: { workspaceId } })
    expect(JSON.stringify(members.body)).not.toContain('Dora')
    const left = await app.stores.workspaces.invitations(workspaceId, 10)
    expect(left.items.map(({ email, revokedBy }) => [email, revokedBy])).toEqual([[null, null]])
  })

  test('leaves its address to a new one, which keeps what it is given since', async () => {
    const first = await account()
    await erase(first)
    await workOffAccounts(app)
    const second = await account('Dora again', first.email)
    expect(second.userId).not.toBe(first.userId)
    await app.jobQueue.send([{ kind: 'deletion', userId: first.userId }])
    await workOffAccounts(app)
    expect((await app.call(second, getMe)).body).toMatchObject({ email: first.email, name: 'Dora again' })
  })

  test('takes no invitation along that its address has got since', async () => {
    const owner = await account('Olga')
    const params = { workspaceId: await workspaceOf(owner) }
    const who = await account()
    await erase(who)
    app.clock.now += 60_000
    await app.call(owner, invite, { params, body: { email: who.email, role: 'guest' } })
    await workOffAccounts(app)
    expect((await personOf(who))?.state).toBe('deleted')
    const { items } = await app.stores.workspaces.invitations(params.workspaceId, 10)
    expect(items).toMatchObject([{ email: who.email, role: 'guest' }])
  })

  test('is not deleted because a message says so', async () => {
    const who = await account()
    await app.jobQueue.send([{ kind: 'deletion', userId: who.userId }])
    await workOffAccounts(app)
    expect((await app.call(who, getMe)).status).toBe(200)
  })
})
