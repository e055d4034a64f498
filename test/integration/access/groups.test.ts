import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { listAudit } from '../../../shared/api/routes/audit.ts'
import * as groups from '../../../shared/api/routes/groups.ts'
import { reinstateMember, removeMember, suspendMember } from '../../../shared/api/routes/members.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let admin: Someone
let manager: Someone
let guest: Someone
let ana: Someone
let groupId: string
let count = 0

beforeAll(async () => {
  team = await startDetailTeam()
  admin = await team.colleague('admin')
  manager = await team.colleague('manager')
  guest = await team.colleague('guest')
})
afterAll(() => team.app.close())

/** What the path of a route names; of the group in hand unless it says otherwise. */
const paramsOf = ({ path }: RouteDeclaration, given: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({ workspaceId: team.workspaceId, groupId, ...given }).filter(([name]) =>
      path.includes(`{${name}}`),
    ),
  )
const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: paramsOf(route, params) })
const create = (name = `Pilots ${++count}`, request: Request = {}) =>
  call(admin, groups.createGroup, { body: { name }, ...request })
const add = ({ userId }: Someone, params = {}) =>
  call(admin, groups.addGroupMember, { params: { userId, ...params }, body: {} })
const drop = ({ userId }: Someone) => call(admin, groups.removeGroupMember, { params: { userId } })
const insiders = async (): Promise<string[]> => {
  const { body } = await call(admin, groups.listGroupMembers)
  return body.items.map(({ userId }: { userId: string }) => userId)
}
const memberNow = ({ userId }: Someone) =>
  team.app.stores.workspaces.memberInAnyState(team.workspaceId, userId)
const countNow = async (): Promise<number> => (await call(admin, groups.getGroup)).body.members

beforeEach(async () => {
  groupId = (await create()).body.id
  ana = await team.colleague('member')
})

describe('a group', () => {
  test('is made, renamed and deleted by admins, and read by all but guests', async () => {
    const made = await create('Night shift')
    expect([made.status, made.body.members]).toEqual([201, 0])
    expect(made.headers.location).toBe(`/v1/workspaces/${team.workspaceId}/groups/${made.body.id}`)
    groupId = made.body.id
    for (const who of [manager, ana]) {
      expect((await call(who, groups.getGroup)).body.allowedActions).toEqual(['group.read'])
      expect((await call(who, groups.editGroup, { body: { name: 'Mine' } })).status).toBe(403)
      expect((await call(who, groups.deleteGroup)).status).toBe(403)
      expect((await call(who, groups.createGroup, { body: { name: 'Mine' } })).status).toBe(403)
    }
    for (const route of [groups.getGroup, groups.listGroups, groups.listGroupMembers])
      expect((await call(guest, route)).status).toBe(404)
    expect((await call(admin, groups.deleteGroup)).status).toBe(204)
    expect((await call(admin, groups.getGroup)).status).toBe(404)
  })

  test('has a name of its own, however it is written', async () => {
    await create('Straße  Süd')
    for (const name of ['straße süd', 'STRASSE SÜD', 'Stra\u00dfe Su\u0308d']) {
      const refused = await create(name)
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([409, '/name'])
    }
    const renamed = await call(admin, groups.editGroup, { body: { name: 'strasse süd' } })
    expect(renamed.status).toBe(409)
    const free = (await create('Straße Nord')).body
    groupId = free.id
    expect((await call(admin, groups.editGroup, { body: { name: 'STRASSE NORD' } })).body.name).toBe(
      'STRASSE NORD',
    )
  })

  test('gives its name back when it is renamed or deleted', async () => {
    groupId = (await create('Early')).body.id
    await call(admin, groups.editGroup, { body: { name: 'Late' } })
    const early = (await create('Early')).body.id
    expect((await create('Late')).status).toBe(409)
    groupId = early
    await call(admin, groups.deleteGroup)
    expect((await create('Early')).status).toBe(201)
  })

  test('is renamed from the version that was seen', async () => {
    const stale = { body: { name: 'Other' }, headers: { 'If-Match': '"7"' } }
    const refused = await call(admin, groups.editGroup, stale)
    expect([refused.status, refused.body.version]).toEqual([412, 1])
    expect((await call(admin, groups.deleteGroup, { headers: { 'If-Match': '"7"' } })).status).toBe(412)
    const named = await call(admin, groups.editGroup, { ...stale, headers: { 'If-Match': '"1"' } })
    expect([named.status, named.headers.etag]).toEqual([200, '"2"'])
  })

  test('is made once for a repeated request, and by one of two that want its name at once', async () => {
    const request = { body: { name: 'Twice' }, headers: { 'Idempotency-Key': 'the-same' } }
    const [first, again] = [
      await call(admin, groups.createGroup, request),
      await call(admin, groups.createGroup, request),
    ]
    expect([first.status, again.body]).toEqual([201, first.body])
    const rivals = await Promise.all([1, 2, 3, 4].map(() => create('Rivals')))
    expect(rivals.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })
})

describe('a member of a group', () => {
  test('is put in and taken out, as often as it is asked, and counted', async () => {
    expect((await add(ana)).body).toMatchObject({ userId: ana.userId, addedBy: admin.userId })
    expect((await add(ana)).status).toBe(200)
    expect([await insiders(), await countNow()]).toEqual([[ana.userId], 1])
    expect((await memberNow(ana))?.groupIds).toEqual([groupId])
    expect((await drop(ana)).status).toBe(204)
    expect((await drop(ana)).status).toBe(204)
    expect([await insiders(), await countNow()]).toEqual([[], 0])
    expect((await memberNow(ana))?.groupIds).toEqual([])
  })

  test('is an active member of the workspace', async () => {
    const stranger = await team.app.person('Sam Stranger')
    expect((await add(stranger)).status).toBe(404)
    const params = { userId: ana.userId }
    await call(team.owner, suspendMember, { params, body: {} })
    expect((await add(ana)).status).toBe(404)
    await call(team.owner, reinstateMember, { params, body: {} })
    expect((await add(ana)).status).toBe(200)
    await call(team.owner, suspendMember, { params, body: {} })
    // Passed over, and in it again once reinstated.
    expect([await insiders(), await countNow()]).toEqual([[], 1])
    await call(team.owner, reinstateMember, { params, body: {} })
    expect(await insiders()).toEqual([ana.userId])
  })

  test('is put in by admins alone', async () => {
    const params = { userId: ana.userId }
    for (const who of [manager, ana]) {
      expect((await call(who, groups.addGroupMember, { params, body: {} })).status).toBe(403)
      expect((await call(who, groups.removeGroupMember, { params })).status).toBe(403)
    }
    expect(await insiders()).toEqual([])
  })

  test('who leaves the workspace leaves the group, and is not in it on coming back', async () => {
    await add(ana)
    await call(team.owner, removeMember, { params: { userId: ana.userId } })
    expect(await insiders()).toEqual([])
    team.app.clock.now += 60_000
    await team.app.join(ana, team.workspaceId, 'member')
    expect(await insiders()).toEqual([])
    // Before the consumer has seen the departure, and behind it.
    expect((await add(ana)).status).toBe(200)
    await team.app.drain()
    expect([await insiders(), await countNow()]).toEqual([[ana.userId], 1])
  })

  test('is taken out by the stream once the workspace is left', async () => {
    await add(ana)
    await call(team.owner, removeMember, { params: { userId: ana.userId } })
    await team.app.drain()
    expect(await countNow()).toBe(0)
    expect(await team.app.groups.place(team.workspaceId, groupId, ana.userId)).toBeUndefined()
  })

  test('is in no group that was deleted, whatever else was changed meanwhile', async () => {
    const ben = await team.colleague('member')
    const other = (await create()).body.id
    for (const who of [ana, ben]) await add(who)
    await add(ana, { groupId: other })
    expect((await call(admin, groups.deleteGroup)).status).toBe(204)
    expect((await add(ben)).status).toBe(404)
    await team.app.drain()
    expect([(await memberNow(ana))?.groupIds, (await memberNow(ben))?.groupIds]).toEqual([[other], []])
    const { items } = await team.app.groups.places(team.workspaceId, groupId, 10)
    expect(items).toEqual([])
  })

  test('is told to have been taken out by whoever deleted the group, and once', async () => {
    await add(ana)
    await call(team.owner, groups.deleteGroup)
    await team.app.drain()
    const params = { workspaceId: team.workspaceId }
    const { body } = await team.app.call(team.owner, listAudit, { params, query: { limit: '3' } })
    expect(body.items.map(({ type, by }: { type: string; by: string }) => [type, by])).toEqual([
      ['group.memberRemoved', team.owner.userId],
      ['group.deleted', team.owner.userId],
      ['group.memberAdded', admin.userId],
    ])
  })

  test('comes in once of many who come at the same time', async () => {
    const crowd = await Promise.all(Array.from({ length: 8 }, () => team.colleague('member')))
    const replies = await Promise.all([...crowd, ...crowd].map((who) => add(who)))
    expect(replies.map(({ status }) => status)).toEqual(Array(16).fill(200))
    expect([(await insiders()).length, await countNow()]).toEqual([8, 8])
  })
})

describe('limits are told', () => {
  const setCount = (members: number) =>
    team.app.table.update(
      { PK: `WSP#${team.workspaceId}`, SK: `GRP#${groupId}` },
      { set: { members } },
      { present: true },
    )

  test('of people in a group', async () => {
    await setCount(500)
    const refused = await add(ana)
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('500 members')])
    await setCount(499)
    expect((await add(ana)).status).toBe(200)
  })

  test('of groups of a person', async () => {
    const key = { PK: `WSP#${team.workspaceId}`, SK: `MEM#${ana.userId}` }
    const groupIds = Array.from({ length: 50 }, (_, n) => `grp_${n}`)
    await team.app.table.update(key, { set: { groupIds } }, { present: true })
    const refused = await add(ana)
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('50 groups')])
  })

  test('of groups of a workspace', async () => {
    const key = { PK: `WSP#${team.workspaceId}`, SK: 'GROUPS' }
    const present = await team.app.table.get(key)
    const names = Array.from({ length: 100 }, (_, n) => ({ groupId: `grp_${n}`, name: `${n}` }))
    await team.app.table.update(key, { set: { names } }, { present: true })
    const refused = await create()
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('100 groups')])
    await team.app.table.update(key, { set: { names: present?.names } }, { present: true })
  })
})
