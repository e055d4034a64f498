import { describe, expect, test } from 'vitest'
import type { Stores, Written } from '../../../../shared/domain/ports.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import {
  acceptInvitation,
  getInvitation,
  invite,
} from '../../../../shared/domain/workspaces/useInvitations.ts'
import type { Invitation, Member } from '../../../../shared/domain/workspaces/workspace.ts'
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

const worldOf = (first: Invitation | undefined, present: Member | undefined = undefined) => {
  let [invitation, member] = [first, present]
  const workspaces = {
    invitation: async () => invitation,
    member: async () => member,
    join: async (accepted: Invitation, joining: Member): Promise<Written<Invitation>> => {
      if (invitation?.version !== accepted.version - 1) return { won: false, present: invitation }
      if (member !== undefined) return { won: false, present: undefined }
      invitation = accepted
      member = joining
      return { won: true }
    },
  }
  const stores = { workspaces } as unknown as Stores
  const ask = (now = iso(start)) =>
    anAsk({ params: { workspaceId, invitationId: anInvitation().id }, query: {}, body: {}, now })
  const callOf = (email: string, now?: string) =>
    ({ ask: ask(now), person: aPerson({ email }), member: undefined }) as unknown as Call<never>
  const accept = async (email = 'ana@example.com', now?: string) => {
    const loaded = await acceptInvitation.load?.(ask(now), stores)
    return acceptInvitation.run(callOf(email, now), loaded as never, stores)
  }
  const read = (email: string, now?: string) => getInvitation.run(callOf(email, now), invitation, stores)
  return { accept, read, member: () => member }
}

describe('an invitation', () => {
  test('makes a member with its role once, and says the same when accepted again', async () => {
    const world = worldOf(anInvitation({ role: 'manager' }))
    const first = await world.accept()
    expect(first.body).toEqual({ workspaceId, workspaceName: 'Acme', role: 'manager' })
    expect(world.member()).toMatchObject({ userId: userOf('ana'), name: 'Ana', role: 'manager', version: 1 })
    expect(await world.accept()).toEqual(first)
    expect(await Promise.all([world.accept(), world.accept()])).toEqual([first, first])
  })

  test('accepted twice at once makes one member and two same answers', async () => {
    const world = worldOf(anInvitation())
    const [one, two] = await Promise.all([world.accept(), world.accept()])
    expect(one).toEqual(two)
  })

  const void_: [string, Invitation | undefined, string, string?][] = [
    ['there is none', undefined, 'ana@example.com'],
    ['it is for another address', anInvitation(), 'ben@example.com'],
    ['it has just expired', anInvitation(), 'ana@example.com', minutes(14 * 1440)],
    ['somebody used it before', anInvitation({ acceptedAt: iso(start) }), 'ana@example.com'],
  ]
  test.each(void_)('is not found when %s', async (_name, invitation, email, now) => {
    const world = worldOf(invitation)
    await expect(world.read(email, now)).rejects.toMatchObject({ code: 'not-found' })
    await expect(world.accept(email, now)).rejects.toMatchObject({ code: 'not-found' })
    expect(world.member()).toBeUndefined()
  })

  test('does not change the role of a member', async () => {
    const world = worldOf(anInvitation({ role: 'admin' }), aMember({ role: 'guest' }))
    await expect(world.accept()).rejects.toMatchObject({ code: 'conflict' })
    expect(world.member()?.role).toBe('guest')
  })

  test('is read by whom it is for, until a moment before it expires, and shows no address', async () => {
    const { body } = await worldOf(anInvitation()).read('ana@example.com', iso(start + 14 * 86_400_000 - 1))
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
    } as unknown as Stores
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
