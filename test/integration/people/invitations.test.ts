import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as invitations from '../../../shared/api/routes/invitations.ts'
import * as members from '../../../shared/api/routes/members.ts'
import { verdictOn } from '../../../shared/domain/notices/verdict.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, ...params } })
const emailOf = async ({ userId }: Someone): Promise<string> =>
  String((await team.app.stores.people.person(userId))?.email)
const invite = async (guest: Someone, who = team.owner): Promise<string> => {
  const body = { email: await emailOf(guest), role: 'member' }
  return (await call(who, invitations.invite, { body })).body.id
}
const read = (who: Someone, invitationId: string) =>
  call(who, invitations.getInvitation, { params: { invitationId } })
const accept = (who: Someone, invitationId: string) =>
  call(who, invitations.acceptInvitation, { params: { invitationId }, body: {} })
const revoke = (who: Someone, invitationId: string) =>
  call(who, invitations.revokeInvitation, { params: { invitationId } })
const admin = async (): Promise<Someone> => {
  const who = await team.app.person('Ada Admin')
  await team.app.join(who, team.workspaceId, 'admin')
  return who
}
const isMailed = async (invitationId: string): Promise<boolean> => {
  const at = new Date(team.app.clock.now).toISOString()
  const notice = { kind: 'invited' as const, workspaceId: team.workspaceId, invitationId, at }
  return (await verdictOn(notice, team.app.facts, at)).send
}

describe('open invitations', () => {
  test('are listed page by page for those who invite, and show no whole address', async () => {
    const guests = [await team.app.person('Ines'), await team.app.person('Ivo'), await team.app.person('Ida')]
    const ids: string[] = []
    for (const guest of guests) {
      team.app.clock.now += 1
      ids.push(await invite(guest))
    }
    const seen: { id: string; address: string; invitedBy: string }[] = []
    let query: Record<string, string> | undefined = { limit: '2' }
    while (query !== undefined) {
      const { status, body } = await call(team.owner, invitations.listInvitations, { query })
      expect(status).toBe(200)
      seen.push(...body.items)
      query = body.next && Object.fromEntries(new URL(body.next, 'http://x').searchParams)
    }
    expect(seen.map(({ id }) => id)).toEqual(ids)
    expect(seen[0]).toMatchObject({ address: 'i…@example.com', invitedBy: team.owner.userId })
    for (const guest of guests) expect(JSON.stringify(seen)).not.toContain(await emailOf(guest))
    const manager = await team.colleague('manager')
    expect((await call(manager, invitations.listInvitations)).status).toBe(403)
    expect((await revoke(manager, String(ids[0]))).status).toBe(403)
  })

  test('are taken back at once, also from their mail', async () => {
    const guest = await team.app.person('Gail')
    const id = await invite(guest)
    expect([(await read(guest, id)).status, await isMailed(id)]).toEqual([200, true])
    expect((await revoke(await admin(), id)).status).toBe(204)
    expect([(await read(guest, id)).status, (await accept(guest, id)).status]).toEqual([404, 404])
    expect([(await revoke(team.owner, id)).status, await isMailed(id)]).toEqual([404, false])
  })

  test('are accepted or taken back, and never both', async () => {
    for (let n = 0; n < 5; n++) {
      const guest = await team.app.person(`Racer ${n}`)
      const id = await invite(guest)
      const [accepted, revoked] = await Promise.all([accept(guest, id), revoke(team.owner, id)])
      expect([
        [200, 404],
        [404, 204],
      ]).toContainEqual([accepted.status, revoked.status])
      const member = await team.app.stores.workspaces.member(team.workspaceId, guest.userId)
      expect(member !== undefined).toBe(accepted.status === 200)
    }
  })
})

describe('an invitation falls with the right of whoever made it', () => {
  const ways = {
    demoted: (userId: string) =>
      call(team.owner, members.editMember, { params: { userId }, body: { role: 'manager' } }),
    suspended: (userId: string) => call(team.owner, members.suspendMember, { params: { userId }, body: {} }),
    removed: (userId: string) => call(team.owner, members.removeMember, { params: { userId } }),
  }
  test.each(Object.entries(ways))('who was %s', async (_, way) => {
    const [inviter, guest, other] = [
      await admin(),
      await team.app.person('Gil'),
      await team.app.person('Oda'),
    ]
    const id = await invite(guest, inviter)
    const stays = await invite(other)
    expect((await way(inviter.userId)).status).toBeLessThan(300)
    expect([(await accept(guest, id)).status, await isMailed(id)]).toEqual([404, false])
    await team.app.drain()
    expect((await read(guest, id)).status).toBe(404)
    const fallen = await team.app.stores.workspaces.invitation(team.workspaceId, id)
    expect(fallen).toMatchObject({ email: null, revokedBy: null })
    expect((await accept(other, stays)).status).toBe(200)
  })

  test('and does not stand up with it again; those made since, stand', async () => {
    const [inviter, guest, other] = [
      await admin(),
      await team.app.person('Gil'),
      await team.app.person('Oda'),
    ]
    const id = await invite(guest, inviter)
    await ways.demoted(inviter.userId)
    const params = { userId: inviter.userId }
    await call(team.owner, members.editMember, { params, body: { role: 'admin' } })
    team.app.clock.now = Date.now() + 2_000
    const later = await invite(other, inviter)
    await team.app.drain()
    expect((await accept(guest, id)).status).toBe(404)
    expect((await accept(other, later)).status).toBe(200)
  })

  test('but not with a change that leaves the right', async () => {
    const [inviter, guest] = [await admin(), await team.app.person('Gil')]
    const id = await invite(guest, inviter)
    const params = { userId: inviter.userId }
    await call(team.owner, members.editMember, { params, body: { role: 'owner' } })
    await team.app.drain()
    expect((await accept(guest, id)).status).toBe(200)
    expect(await accept(guest, id)).toMatchObject({ status: 200, body: { role: 'member' } })
  })
})

describe('whoever was taken out, or left,', () => {
  const ways = {
    removed: (who: Someone) => call(team.owner, members.removeMember, { params: { userId: who.userId } }),
    left: (who: Someone) => call(who, members.removeMember, { params: { userId: '@me' } }),
  }
  test.each(Object.entries(ways))('does not come back by an invitation from before: %s', async (_, way) => {
    const guest = await team.app.person('Gil')
    const [first, second] = [await invite(guest), await invite(guest)]
    expect((await accept(guest, first)).status).toBe(200)
    const whileMember = await invite(guest)
    team.app.clock.now += 1_000
    expect((await way(guest)).status).toBe(204)
    for (const id of [first, second, whileMember])
      expect([(await read(guest, id)).status, (await accept(guest, id)).status]).toEqual([404, 404])
    team.app.clock.now += 1_000
    const later = await invite(guest)
    expect((await read(guest, later)).status).toBe(200)
    expect((await accept(guest, later)).status).toBe(200)
  })
})
