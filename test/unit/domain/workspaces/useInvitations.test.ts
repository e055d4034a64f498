import { describe, expect, test } from 'vitest'
import { invitationCodec, workspaceStore } from '../../../../shared/data/stores/workspaces.ts'
import { memberCodec } from '../../../../shared/data/stores/workspacesByKey.ts'
import type { AllStores } from '../../../../shared/domain/ports.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import {
  acceptInvitation,
  getInvitation,
  invite,
} from '../../../../shared/domain/workspaces/useInvitations.ts'
import { listInvitations, revokeInvitation } from '../../../../shared/domain/workspaces/useOpenInvitations.ts'
import { departureOf, type Invitation, type Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import {
  aMember,
  anAsk,
  anInvitation,
  aPerson,
  aWorkspace,
  iso,
  minutes,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const inviter = aMember({ userId: userOf('owner'), name: 'Olga', role: 'admin' })

/** The real store over a table in memory: an invitation, whoever made it, and perhaps a member it is for. */
const worldOf = async (
  invitation: Invitation | undefined,
  present: Member | undefined = undefined,
  by: Member | undefined = inviter,
) => {
  const { table } = memoryTable()
  if (invitation !== undefined) await table.put(invitationCodec.encode(invitation))
  for (const one of [present, by]) if (one !== undefined) await table.put(memberCodec.encode(one))
  const workspaces = workspaceStore(table)
  const stores = { workspaces } as unknown as AllStores
  const { id: invitationId } = anInvitation()
  const ask = (now = iso(start)) =>
    anAsk({ params: { workspaceId, invitationId }, query: { limit: 50 }, body: {}, now })
  const callOf = (email: string, now?: string) =>
    ({ ask: ask(now), person: aPerson({ email }), member: inviter }) as unknown as Call<never>
  const begin = async (email = 'ana@example.com', now?: string) => {
    const loaded = await acceptInvitation.load?.(ask(now), stores)
    return () => acceptInvitation.run(callOf(email, now), loaded as never, stores)
  }
  const stored = () => workspaces.invitation(workspaceId, invitationId)
  return {
    workspaces,
    begin,
    accept: async (email?: string, now?: string) => (await begin(email, now))(),
    read: async (email: string, now?: string) => {
      const loaded = await getInvitation.load?.(ask(now), stores)
      return getInvitation.run(callOf(email, now), loaded as never, stores)
    },
    list: async (now?: string) => {
      const page = await listInvitations.load?.(ask(now), stores)
      return (await listInvitations.run(callOf('', now), page as never, stores)).body.items
    },
    revoke: async (now?: string) => revokeInvitation.run(callOf('', now), await stored(), stores),
    stored,
    member: () => workspaces.memberInAnyState(workspaceId, userOf('ana')),
  }
}

describe('an invitation', () => {
  test('makes a member with its role once, and says the same when accepted again', async () => {
    const world = await worldOf(anInvitation({ role: 'manager' }))
    const first = await world.accept()
    expect(first.body).toEqual({ workspaceId, workspaceName: 'Acme', role: 'manager' })
    expect(await world.member()).toMatchObject({
      userId: userOf('ana'),
      name: 'Ana',
      role: 'manager',
      version: 1,
    })
    expect(await world.accept()).toEqual(first)
    expect(await Promise.all([world.accept(), world.accept()])).toEqual([first, first])
  })

  test('accepted twice at once makes one member and two same answers', async () => {
    const world = await worldOf(anInvitation())
    const both = await Promise.all([world.begin(), world.begin()])
    const [one, two] = await Promise.all(both.map((finish) => finish()))
    expect(one).toEqual(two)
  })

  const void_: [string, Invitation | undefined, string, string?][] = [
    ['there is none', undefined, 'ana@example.com'],
    ['it is for another address', anInvitation(), 'ben@example.com'],
    ['it has just expired', anInvitation(), 'ana@example.com', minutes(14 * 1440)],
    [
      'somebody used it before',
      anInvitation({ acceptedAt: iso(start), acceptedBy: userOf('ben'), email: null }),
      'ana@example.com',
    ],
  ]
  test.each(void_)('is not found when %s', async (_name, invitation, email, now) => {
    const world = await worldOf(invitation)
    await expect(world.read(email, now)).rejects.toMatchObject({ code: 'not-found' })
    await expect(world.accept(email, now)).rejects.toMatchObject({ code: 'not-found' })
    expect(await world.member()).toBeUndefined()
  })

  test.each([
    ['has left', undefined],
    ['is suspended', { ...inviter, state: 'suspended' as const }],
    ['is a manager by now', { ...inviter, role: 'manager' as const }],
  ])('is not found when whoever made it %s', async (_name, by) => {
    const world = await worldOf(anInvitation(), undefined, by)
    const departure = departureOf(inviter, { by: inviter.userId, at: minutes(1) })
    if (by === undefined) await world.workspaces.removeMember(inviter, departure, undefined)
    await expect(world.accept()).rejects.toMatchObject({ code: 'not-found' })
    expect([await world.member(), await world.stored()]).toEqual([undefined, anInvitation()])
  })

  test('falls with the right of its maker even in the moment of its acceptance', async () => {
    const world = await worldOf(anInvitation())
    const { join } = world.workspaces
    const finish = await world.begin()
    Object.assign(world.workspaces, {
      join: async (...given: Parameters<typeof join>) => {
        const demoted = { ...inviter, role: 'member' as const, version: 2 }
        await world.workspaces.setStanding(demoted, undefined)
        return join(...given)
      },
    })
    await expect(finish()).rejects.toMatchObject({ code: 'not-found' })
    expect(await world.member()).toBeUndefined()
  })

  test('stands when its maker becomes an owner in that moment', async () => {
    const world = await worldOf(anInvitation())
    const { join } = world.workspaces
    Object.assign(world.workspaces, {
      join: async (...given: Parameters<typeof join>) => {
        await world.workspaces.setStanding({ ...inviter, role: 'owner', version: 2 }, undefined)
        return join(...given)
      },
    })
    expect(await world.accept()).toMatchObject({ body: { role: 'member' } })
  })

  test('keeps no address once it is accepted', async () => {
    const world = await worldOf(anInvitation())
    await world.accept()
    expect(JSON.stringify(await world.stored())).not.toContain('@')
  })

  test('lets nobody back in who is suspended, nor tells them', async () => {
    const suspended = aMember({ state: 'suspended' })
    const world = await worldOf(anInvitation(), suspended)
    await expect(world.accept()).rejects.toMatchObject({ code: 'not-found' })
    expect(await world.member()).toEqual(suspended)
  })

  test('is listed while it is open, with too little of the address to write to', async () => {
    const world = await worldOf(anInvitation({ email: 'ana.maria@mail.example.com' }))
    const [listed] = await world.list()
    expect(listed).toMatchObject({ address: 'a…@mail.example.com', role: 'member', invitedByName: 'Olga' })
    expect(await world.list(minutes(14 * 1440))).toEqual([])
    const used = anInvitation({ acceptedAt: iso(start), acceptedBy: userOf('ben'), email: null })
    expect(await (await worldOf(used)).list()).toEqual([])
  })

  test('is gone once it is taken back, and found no more by anybody', async () => {
    const world = await worldOf(anInvitation())
    const finish = await world.begin()
    await world.revoke()
    await expect(finish()).rejects.toMatchObject({ code: 'not-found' })
    await expect(world.read('ana@example.com')).rejects.toMatchObject({ code: 'not-found' })
    await expect(world.revoke()).rejects.toMatchObject({ code: 'not-found' })
    expect(await world.list()).toEqual([])
    // What is left says who took it back, and no more to whom it went.
    expect(await world.stored()).toMatchObject({ email: null, revokedBy: expect.any(String), version: 2 })
  })

  test('that is used or over cannot be taken back', async () => {
    const used = await worldOf(anInvitation())
    await used.accept()
    await expect(used.revoke()).rejects.toMatchObject({ code: 'not-found' })
    expect((await used.member())?.role).toBe('member')
    const over = await worldOf(anInvitation())
    await expect(over.revoke(minutes(14 * 1440))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('does not change the role of a member', async () => {
    const world = await worldOf(anInvitation({ role: 'admin' }), aMember({ role: 'guest' }))
    await expect(world.accept()).rejects.toMatchObject({ code: 'conflict' })
    expect((await world.member())?.role).toBe('guest')
  })

  test('is read by whom it is for, until a moment before it expires, and shows no address', async () => {
    const { body } = await (await worldOf(anInvitation())).read(
      'ana@example.com',
      iso(start + 14 * 86_400_000 - 1),
    )
    expect(Object.keys(body).sort()).toEqual(
      ['id', 'workspaceId', 'workspaceName', 'role', 'invitedByName', 'createdAt', 'expiresAt'].sort(),
    )
  })

  test('a new one is valid for fourteen days and says so', async () => {
    const made: Invitation[] = []
    const stores = {
      workspaces: {
        invite: async (invitation: Invitation) => {
          made.push(invitation)
          return { won: true }
        },
      },
    } as unknown as AllStores
    const ask = anAsk({
      params: { workspaceId },
      query: {},
      body: { email: 'x@example.com', role: 'guest' as const },
    })
    const call = { ask, person: aPerson(), member: aMember({ role: 'admin' }) } as Call<never>
    const { body } = await invite.run(call, aWorkspace(), stores)
    expect(body).toMatchObject({ role: 'guest', expiresAt: minutes(14 * 1440), invitedByName: 'Ana' })
    expect(made).toEqual([
      expect.objectContaining({ email: 'x@example.com', invitedBy: userOf('ana'), acceptedAt: null }),
    ])
  })
})
