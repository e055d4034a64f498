import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { listAudit, verifyAudit } from '../../../shared/api/routes/audit.ts'
import * as invitations from '../../../shared/api/routes/invitations.ts'
import * as members from '../../../shared/api/routes/members.ts'
import { endOtherSessions } from '../../../shared/api/routes/sessions.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { createToken, revokeToken } from '../../../shared/api/routes/tokens.ts'
import { type Request, type Someone, startApp } from '../../support/app.ts'
import { type AuditTeam, startAuditTeam } from './auditTeam.ts'

let team: AuditTeam
let mia: Someone
let told: string[]
const names = new Map<string, string>()

beforeAll(async () => {
  // The clock goes on by the step, and the stream's is the real one.
  const before = await startApp()
  before.clock.now -= 60_000
  team = await startAuditTeam(before)
  const { app, owner, workspaceId } = team
  mia = await app.person('Mia')
  names.set(owner.userId, 'owner').set(mia.userId, 'mia')
  const params = { workspaceId, userId: mia.userId }
  const email = (await app.stores.people.person(mia.userId))?.email
  const ask = (who: Someone, route: RouteDeclaration, request: Request = {}) => {
    const given: Record<string, string> = { ...params, ...request.params }
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, given[name] ?? ''])
    const body = route.body === undefined ? {} : { body: request.body ?? {} }
    return app.call(who, route, { ...body, params: Object.fromEntries(named) })
  }
  const step = async (...given: Parameters<typeof ask>) => {
    app.clock.now += 1000
    const { status, body } = await ask(...given)
    if (status >= 300) throw new Error(`${given[1].name} answered ${status}: ${JSON.stringify(body)}`)
    await app.drain()
    return body
  }
  const first = await step(owner, invitations.invite, { body: { email, role: 'guest' } })
  const gone = { params: { workspaceId, invitationId: first.id } }
  await step(owner, invitations.revokeInvitation, gone)
  const second = await step(owner, invitations.invite, { body: { email, role: 'member' } })
  await step(mia, invitations.acceptInvitation, { params: { workspaceId, invitationId: second.id } })
  await step(owner, members.editMember, { body: { role: 'admin' } })
  await step(owner, members.suspendMember)
  await step(owner, members.reinstateMember)
  const taskId = await team.task('Shared')
  await step(owner, shareTask, { params: { ...params, taskId }, body: { level: 'view' } })
  const token = await step(mia, createToken, {
    body: { name: 'Nightly', scopes: ['audit:read'], expiresInDays: 1, workspaceId },
  })
  await step(mia, revokeToken, { params: { tokenId: token.id } })
  await step(mia, endOtherSessions)
  await step(owner, members.transferOwnership)
  await step(owner, members.removeMember, { params: { workspaceId, userId: '@me' } })
  team = { ...team, page: (query = {}) => app.call(mia, listAudit, { params: { workspaceId }, query }) }
  const { body } = await team.page({ limit: '100' })
  told = body.items.map(({ type, by }: { type: string; by: string }) => `${names.get(by)} ${type}`).reverse()
}, 60_000)
afterAll(() => team.app.close())

test('what happens is told in its order, each with who did it', () => {
  expect(told.filter((one) => !one.includes('session.began'))).toEqual([
    'owner workspace.created',
    'owner member.joined',
    'owner invitation.made',
    'owner invitation.revoked',
    'owner invitation.made',
    'mia invitation.accepted',
    'mia member.joined',
    'owner member.roleChanged',
    'owner member.suspended',
    'owner member.reinstated',
    'owner share.given',
    'mia token.made',
    'mia token.revoked',
    'mia sessions.ended',
    'owner workspace.handedOver',
    'owner member.roleChanged',
    'owner member.left',
  ])
})

test('pages of any size, filters and bounds in time find what the whole log has', async () => {
  const { app, workspaceId } = team
  const get = async (query: Record<string, string>) =>
    (await app.call(mia, listAudit, { params: { workspaceId }, query })).body
  const all = (await get({ limit: '100' })).items
  const paged: unknown[] = []
  for (let cursor: string | null | undefined = ''; cursor !== undefined; ) {
    const { items, next } = await get({ limit: '3', ...(cursor && { cursor }) })
    expect(items.length).toBeGreaterThan(0)
    paged.push(...items)
    cursor = next && new URLSearchParams(next.split('?')[1]).get('cursor')
  }
  expect(paged).toEqual(all)
  const made = all.filter(({ type }: { type: string }) => type === 'invitation.made')
  expect(made).toHaveLength(2)
  expect((await get({ type: 'invitation.made' })).items).toEqual(made)
  expect((await get({ type: 'invitation.made', limit: '1' })).items).toEqual(made.slice(0, 1))
  const byMia = all.filter(({ by }: { by: string }) => by === mia.userId)
  expect((await get({ actor: mia.userId, limit: '100' })).items).toEqual(byMia)
  const [until, since] = [made[0].orderedAt, made[1].orderedAt]
  const between = all.filter(
    ({ orderedAt }: { orderedAt: string }) => orderedAt >= since && orderedAt < until,
  )
  expect((await get({ since, until, limit: '100' })).items).toEqual(between)
  expect((await get({ since: until, until: since })).items).toEqual([])
})

test('only owners read and verify it, and no address or secret stands in it', async () => {
  const { app, owner, workspaceId } = team
  const params = { workspaceId }
  const admin = await app.person('Ada')
  await app.join(admin, workspaceId, 'admin')
  for (const route of [listAudit, verifyAudit]) {
    expect((await app.call(mia, route, { params })).status).toBe(200)
    // To all others, those who have left among them, there is none.
    expect((await app.call(admin, route, { params })).status).toBe(404)
    expect((await app.call(owner, route, { params })).status).toBe(404)
  }
  const whole = JSON.stringify(await team.lines())
  expect(whole).not.toContain((await app.stores.people.person(mia.userId))?.email)
  expect(whole).toContain('m…@example.com')
  expect(whole).not.toContain('duely_pat_')
})
