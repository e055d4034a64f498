import { describe, expect, test } from 'vitest'
import { type Role, roles } from '../../../../shared/api/actions.ts'
import * as route from '../../../../shared/api/routes/members.ts'
import { editMember } from '../../../../shared/domain/workspaces/useMembers.ts'
import { named, type WorkspaceWorld, workspaceOf } from './support/workspaceWorld.ts'

const team = () =>
  workspaceOf([
    named('olga', 'owner'),
    named('otto', 'owner'),
    named('adam', 'admin'),
    named('mia', 'member'),
  ])
const setRole = (world: WorkspaceWorld, by: string, name: string, role: Role, expected?: number) =>
  world.act(route.editMember, editMember, by, name, { body: { role }, ...(expected && { expected }) })

describe('roles', () => {
  test('an admin gives every role but owner, and takes it from nobody', async () => {
    for (const role of roles) {
      const change = setRole(await team(), 'adam', 'mia', role)
      if (role === 'owner') await expect(change).rejects.toMatchObject({ code: 'forbidden' })
      else expect(await change).toMatchObject({ body: { role } })
    }
    await expect(setRole(await team(), 'adam', 'olga', 'member')).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('owners make and unmake owners, and the count goes along', async () => {
    const world = await team()
    await setRole(world, 'olga', 'mia', 'owner')
    await setRole(world, 'olga', 'otto', 'guest')
    expect([await world.owners(), await world.counted()]).toEqual([2, 2])
  })

  test('the last owner keeps the role, whoever asks', async () => {
    const world = await workspaceOf([named('olga', 'owner'), named('mia', 'member')])
    await expect(setRole(world, 'olga', 'olga', 'admin')).rejects.toMatchObject({ code: 'conflict' })
    expect(await world.owners()).toBe(1)
  })

  test('of two owners who demote one another at once, one stays', async () => {
    const world = await team()
    const body = { role: 'member' }
    const both = await Promise.all([
      world.begin(route.editMember, editMember, 'olga', 'otto', { body }),
      world.begin(route.editMember, editMember, 'otto', 'olga', { body }),
    ])
    const results = await Promise.allSettled(both.map((finish) => finish()))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect([await world.owners(), await world.counted()]).toEqual([1, 1])
  })

  test('a role that was changed meanwhile is not changed over, with or without If-Match', async () => {
    for (const expected of [undefined, 1]) {
      const world = await team()
      const given = { body: { role: 'guest' }, ...(expected && { expected }) }
      const finish = await world.begin(route.editMember, editMember, 'adam', 'mia', given)
      await setRole(world, 'olga', 'mia', 'manager')
      await expect(finish()).rejects.toMatchObject({ code: 'precondition-failed' })
      expect((await world.member('mia'))?.role).toBe('manager')
    }
  })

  test('the role somebody has already is no change', async () => {
    expect(await setRole(await team(), 'adam', 'mia', 'member')).toMatchObject({ version: 1 })
  })

  test('nobody by that id is not found', async () => {
    await expect(setRole(await team(), 'adam', 'nobody', 'member')).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
