import { describe, expect, test } from 'vitest'
import { type Role, roles } from '../../../../shared/api/actions.ts'
import type { Stores, Written } from '../../../../shared/domain/ports.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import { editMember } from '../../../../shared/domain/workspaces/useMembers.ts'
import type { Member, Workspace } from '../../../../shared/domain/workspaces/workspace.ts'
import { aMember, anAsk, aPerson, aWorkspace, userOf, workspaceId } from '../support/builders.ts'

/** A workspace whose owners are counted; role changes are conditional, as in the table. */
const worldOf = (members: readonly Member[]) => {
  const stored = new Map(members.map((member) => [member.userId, member]))
  let workspace: Workspace = aWorkspace({ owners: members.filter(({ role }) => role === 'owner').length })
  const stale = (member: Member) => stored.get(member.userId)?.version !== member.version - 1
  const workspaces = {
    setRole: async (member: Member): Promise<Written<Member>> => {
      if (stale(member)) return { won: false, present: stored.get(member.userId) }
      stored.set(member.userId, member)
      return { won: true }
    },
    setOwner: async (member: Member, seen: Workspace, owners: number): Promise<Written<Member>> => {
      if (stale(member)) return { won: false, present: stored.get(member.userId) }
      if (seen.owners !== workspace.owners) return { won: false, present: undefined }
      stored.set(member.userId, member)
      workspace = { ...workspace, owners }
      return { won: true }
    },
  }
  const owners = () => [...stored.values()].filter(({ role }) => role === 'owner').length
  const load = (name: string) => ({ target: stored.get(userOf(name)), workspace })
  const setRole = (by: string, name: string, role: Role, loaded = load(name), expected?: number) => {
    const ask = anAsk({
      params: { workspaceId, userId: userOf(name) },
      query: {},
      body: { role },
      userId: userOf(by),
      expected,
    })
    const call = { ask, person: aPerson(), member: stored.get(userOf(by)) } as unknown as Call<never>
    return editMember.run(call, loaded, { workspaces } as unknown as Stores)
  }
  return { stored, owners, counted: () => workspace.owners, load, setRole }
}
const named = (name: string, role: Role): Member => aMember({ userId: userOf(name), name, role })
const team = () =>
  worldOf([named('olga', 'owner'), named('otto', 'owner'), named('adam', 'admin'), named('mia', 'member')])

describe('roles', () => {
  test('an admin gives every role but owner, and takes it from nobody', async () => {
    for (const role of roles) {
      const change = team().setRole('adam', 'mia', role)
      if (role === 'owner') await expect(change).rejects.toMatchObject({ code: 'forbidden' })
      else expect((await change).body.role).toBe(role)
    }
    await expect(team().setRole('adam', 'olga', 'member')).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('owners make and unmake owners, and the count goes along', async () => {
    const world = team()
    await world.setRole('olga', 'mia', 'owner')
    await world.setRole('olga', 'otto', 'guest')
    expect([world.owners(), world.counted()]).toEqual([2, 2])
  })

  test('the last owner keeps the role, whoever asks', async () => {
    const world = worldOf([named('olga', 'owner'), named('mia', 'member')])
    await expect(world.setRole('olga', 'olga', 'admin')).rejects.toMatchObject({ code: 'conflict' })
    expect(world.owners()).toBe(1)
  })

  test('of two owners who demote one another at once, one stays', async () => {
    const world = team()
    const seen = { otto: world.load('otto'), olga: world.load('olga') }
    const results = await Promise.allSettled([
      world.setRole('olga', 'otto', 'member', seen.otto),
      world.setRole('otto', 'olga', 'member', seen.olga),
    ])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect([world.owners(), world.counted()]).toEqual([1, 1])
  })

  test('a role that was changed meanwhile is not changed over, with or without If-Match', async () => {
    for (const expected of [undefined, 1]) {
      const world = team()
      const seen = world.load('mia')
      await world.setRole('olga', 'mia', 'manager')
      await expect(world.setRole('adam', 'mia', 'guest', seen, expected)).rejects.toMatchObject({
        code: 'precondition-failed',
      })
      expect(world.stored.get(userOf('mia'))?.role).toBe('manager')
    }
  })

  test('the role somebody has already is no change', async () => {
    const { version } = await team().setRole('adam', 'mia', 'member')
    expect(version).toBe(1)
  })

  test('nobody by that id is not found', async () => {
    await expect(team().setRole('adam', 'nobody', 'member')).rejects.toMatchObject({ code: 'not-found' })
  })
})
