import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getMe } from '../../../shared/api/routes/account.ts'
import { createTask, getTask, listProjectTasks } from '../../../shared/api/routes/tasks.ts'
import { createToken, getToken, listTokens, revokeToken } from '../../../shared/api/routes/tokens.ts'
import { createWorkspace, listWorkspaces } from '../../../shared/api/routes/workspaces.ts'
import { type Scope, scopes } from '../../../shared/api/scopes.ts'
import { writeToken } from '../../../shared/domain/tokens/format.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { joined, smallTeam } from '../../support/hostile/smallTeam.ts'
import { meterOn } from '../../support/meter.ts'
import { succeed, type Team } from '../../support/ordinary/team.ts'

let app: App
let team: Team
let meter: ReturnType<typeof meterOn>
beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  meter = meterOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

interface Made extends Someone {
  readonly id: string
}
/** A token of somebody, as a caller. */
const tokenOf = async (who: Someone, changes: object = {}): Promise<Made> => {
  const body = { name: 'Report', scopes, expiresInDays: 30, ...changes }
  const reply = await succeed(app, who, createToken, { body })
  return { userId: who.userId, token: reply.body.token, id: reply.body.id }
}
const somebody = () => joined(app, team.workspaceId, 'member')
const ofTask = () => ({ params: { workspaceId: team.workspaceId, taskId: team.longLived.id } })
const inProject = () => ({ params: { workspaceId: team.workspaceId, projectId: team.projectId } })
const statusOf = async (who: Someone): Promise<number> => (await app.call(who, getTask, ofTask())).status
const reaches = async (who: Someone) => expect(await statusOf(who)).toBe(200)
const isRefused = async (who: Someone) => expect(await statusOf(who)).toBe(401)

describe('a token that was made', () => {
  test('is shown once and kept nowhere', async () => {
    const who = await somebody()
    const made = await tokenOf(who, { scopes: ['tasks:read'], workspaceId: team.workspaceId })
    const row = {
      id: made.id,
      name: 'Report',
      scopes: ['tasks:read'],
      workspaceId: team.workspaceId,
      createdAt: new Date(app.clock.now).toISOString(),
      expiresAt: new Date(app.clock.now + 30 * 86_400_000).toISOString(),
    }
    expect((await app.call(who, getToken, { params: { tokenId: made.id } })).body).toEqual(row)
    expect((await app.call(who, listTokens)).body).toEqual({ items: [row] })
    const { client, tableName } = app.engine
    const kept = JSON.stringify(await client.send(new ScanCommand({ TableName: tableName })))
    expect(kept).toContain(made.id)
    expect(kept).not.toContain(made.token)
    expect(kept).not.toContain(made.token.slice(-72, -8))
  })

  test('does what its person may, in as many calls and round trips as a session takes', async () => {
    const token = await tokenOf(team.owner)
    const bySession = await meter.measure(() => app.call(team.owner, getTask, ofTask()))
    const byToken = await meter.measure(() => app.call(token, getTask, ofTask()))
    expect(byToken.result.body).toEqual(bySession.result.body)
    expect(byToken.cost).toEqual(bySession.cost)
    const made = await succeed(app, token, createTask, { ...inProject(), body: { title: 'By a token' } })
    expect(made.body.createdBy).toBe(team.owner.userId)
  })

  test('may no more than its person', async () => {
    const guest = await joined(app, team.workspaceId, 'guest')
    const attempt = async (who: Someone) => {
      const { status, body } = await app.call(who, createTask, { ...inProject(), body: { title: 'x' } })
      return { status, body: { ...body, requestId: '' } }
    }
    const refused = await attempt(guest)
    expect(refused.status).toBe(404)
    expect(await attempt(await tokenOf(guest))).toEqual(refused)
    const stranger = await app.call(await tokenOf(await app.person('Stranger')), getTask, ofTask())
    expect(stranger.status).toBe(404)
  })

  test('is not made again by the same request, which is told so', async () => {
    const who = await somebody()
    const headers = { 'Idempotency-Key': 'once' }
    const body = { name: 'Report', scopes: ['tasks:read'], expiresInDays: 1 }
    const first = await app.call(who, createToken, { headers, body })
    expect(first.headers.location).toBe(`/v1/me/tokens/${first.body.id}`)
    const again = await app.call(who, createToken, { headers, body })
    expect([again.status, again.body.tokenId]).toEqual([409, first.body.id])
    expect(JSON.stringify(again.body)).not.toContain('duely_pat_')
    const other = await app.call(who, createToken, { headers, body: { ...body, name: 'Other' } })
    expect(other.status).toBe(422)
    expect((await app.call(who, listTokens)).body.items).toHaveLength(1)
  })
})

describe('a token ends', () => {
  test('at once when it is revoked, and the next one in its place is another', async () => {
    const who = await somebody()
    const token = await tokenOf(who)
    await reaches(token)
    const revoked = await app.call(who, revokeToken, { params: { tokenId: token.id } })
    expect(revoked.status).toBe(204)
    await isRefused(token)
    const next = await tokenOf(who)
    await reaches(next)
    await isRefused(token)
    expect((await app.call(who, revokeToken, { params: { tokenId: token.id } })).status).toBe(404)
  })

  test('when it expires, and gives its place free', async () => {
    const who = await somebody()
    const token = await tokenOf(who, { expiresInDays: 1 })
    const began = app.clock.now
    app.clock.now = began + 86_400_000 - 1
    await reaches(token)
    app.clock.now = began + 86_400_000
    await isRefused(token)
    expect((await app.call(who, listTokens)).body).toEqual({ items: [] })
    await reaches(await tokenOf(who))
    await isRefused(token)
    app.clock.now = began
  })

  test('when all sessions of its person end, as with a changed password', async () => {
    const who = await somebody()
    const token = await tokenOf(who)
    const began = app.clock.now
    app.clock.now += 1_000
    await app.stores.people.endSessions(who.userId, new Date(app.clock.now).toISOString(), 'kept')
    await isRefused(token)
    app.clock.now = began
  })
})

describe('a token without the scope', () => {
  test('is told which one would do', async () => {
    const reader = await tokenOf(team.owner, { scopes: ['tasks:read'] })
    await reaches(reader)
    const refused = await app.call(reader, createTask, { ...inProject(), body: { title: 'x' } })
    expect(refused.body).toMatchObject({
      type: 'urn:duely:problem:insufficient-scope',
      status: 403,
      scope: 'tasks:write',
    })
    expect(refused.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="tasks:write"')
  })

  test('learns nothing of what it asks for', async () => {
    const blind = await tokenOf(team.owner, { scopes: ['projects:read'] })
    const plain = async (taskId: string) => {
      const { status, body } = await app.call(blind, getTask, { params: { ...ofTask().params, taskId } })
      return { status, body: { ...body, requestId: '' } }
    }
    const there = await plain(team.longLived.id)
    expect(there.status).toBe(403)
    expect(await plain('tsk_01jd3v8k6t9q2w4e7r5y8z0x1c')).toEqual(there)
  })
})

describe('a token of one workspace', () => {
  test('is nobody in another one, and of all else reads but the profile', async () => {
    const { body: other } = await succeed(app, team.owner, createWorkspace, {
      body: { name: 'Other', zone: 'UTC' },
    })
    const elsewhere = await tokenOf(team.owner, { workspaceId: other.id })
    const stranger = await tokenOf(await app.person('Stranger'))
    const [bound, unknown] = [
      await app.call(elsewhere, getTask, ofTask()),
      await app.call(stranger, getTask, ofTask()),
    ]
    expect({ ...bound.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' })
    expect(bound.status).toBe(404)
    expect((await app.call(elsewhere, getMe)).status).toBe(200)
    expect((await app.call(elsewhere, listWorkspaces)).status).toBe(403)
    await reaches(await tokenOf(team.owner, { workspaceId: team.workspaceId }))
  })

  test('must be one of the caller’s', async () => {
    const body = { name: 'x', scopes: ['tasks:read'], workspaceId: team.workspaceId, expiresInDays: 1 }
    const refused = await app.call(await app.person('Stranger'), createToken, { body })
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '/workspaceId'])
  })
})

test('nobody has more than fifty, asked for however many at once', async () => {
  const who = await somebody()
  const body = { name: 'Report', scopes: ['tasks:read'], expiresInDays: 1 }
  const replies = await Promise.all(Array.from({ length: 60 }, () => app.call(who, createToken, { body })))
  const made = replies.filter(({ status }) => status === 201)
  expect(made).toHaveLength(50)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(10)
  expect((await app.call(who, listTokens)).body.items).toHaveLength(50)
  for (const { body } of made) await reaches({ userId: who.userId, token: body.token })
}, 60_000)

test('of another person a token is not there, nor does a secret fit another place', async () => {
  const [ana, ben] = [await somebody(), await somebody()]
  const token = await tokenOf(ana)
  const params = { tokenId: token.id }
  for (const route of [getToken, revokeToken])
    expect((await app.call(ben, route, { params })).status).toBe(404)
  await reaches(token)
  const secret = Buffer.from(token.token.slice(-72, -8), 'hex')
  expect(writeToken(ana.userId, 0, secret)).toBe(token.token)
  await isRefused({ ...ana, token: writeToken(ana.userId, 1, secret) })
  await isRefused({ ...ana, token: writeToken(ben.userId, 0, secret) })
  await isRefused({ ...ana, token: writeToken(ana.userId, 0) })
})

test('a malformed token, or one where none is taken, is refused without a read', async () => {
  const { token } = await tokenOf(team.owner)
  const callOf = (given: string) => app.call({ ...team.owner, token: given }, getTask, ofTask())
  const wrong = token.endsWith('0') ? `${token.slice(0, -1)}1` : `${token.slice(0, -1)}0`
  for (const given of [wrong, `${token} `, token.slice(0, -1), 'duely_pat_']) {
    const { result, cost } = await meter.measure(() => callOf(given))
    expect([result.status, cost.calls]).toEqual([401, 0])
  }
  const body = { name: 'x', scopes: ['tasks:read'] satisfies Scope[], expiresInDays: 1 }
  const { result, cost } = await meter.measure(() =>
    app.call({ ...team.owner, token }, createToken, { body }),
  )
  expect([result.status, cost.calls]).toEqual([401, 0])
})

test('a list by a token has pages, whose cursors are its person’s', async () => {
  const token = await tokenOf(team.owner)
  for (const title of ['One', 'Two']) {
    await succeed(app, token, createTask, { ...inProject(), body: { title } })
  }
  const first = await app.call(token, listProjectTasks, { ...inProject(), query: { limit: '1' } })
  expect(first.body.items).toHaveLength(1)
  const cursor = new URL(first.body.next, 'https://duely.test').searchParams.get('cursor') ?? ''
  const next = await app.call(team.owner, listProjectTasks, { ...inProject(), query: { limit: '1', cursor } })
  expect(next.body.items).toHaveLength(1)
})
