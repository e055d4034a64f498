import { describe, expect, test } from 'vitest'
import * as route from '../../../../shared/api/routes/members.ts'
import { memberCodec } from '../../../../shared/data/stores/workspacesByKey.ts'
import {
  reinstateMember,
  removeMember,
  suspendMember,
  transferOwnership,
} from '../../../../shared/domain/workspaces/useStanding.ts'
import { minutes, userOf } from '../support/builders.ts'
import { named, type WorkspaceWorld, workspaceOf } from './support/workspaceWorld.ts'

const everybody = () => [
  named('olga', 'owner'),
  named('otto', 'owner'),
  named('adam', 'admin'),
  named('alma', 'admin'),
  named('mia', 'member'),
  named('gus', 'guest'),
]
const team = () => workspaceOf(everybody())
const suspend = (world: WorkspaceWorld, by: string, name: string) =>
  world.act(route.suspendMember, suspendMember, by, name)
const reinstate = (world: WorkspaceWorld, by: string, name: string) =>
  world.act(route.reinstateMember, reinstateMember, by, name)
const remove = (world: WorkspaceWorld, by: string, name: string, as = userOf(name)) =>
  world.act(route.removeMember, removeMember, by, name, { as })
const transfer = (world: WorkspaceWorld, by: string, name: string) =>
  world.act(route.transferOwnership, transferOwnership, by, name)
const refused = (code: string) => ({ code })

describe('suspension', () => {
  test('makes a member of no kind, and a reinstatement the one from before', async () => {
    const world = await team()
    expect(await suspend(world, 'adam', 'mia')).toMatchObject({
      body: { state: 'suspended', role: 'member' },
      version: 2,
    })
    await expect(remove(world, 'mia', 'mia', '@me')).rejects.toMatchObject(refused('not-found'))
    expect(await reinstate(world, 'adam', 'mia')).toMatchObject({ body: { state: 'active' }, version: 3 })
    expect(await world.member('mia')).toMatchObject({ role: 'member', updatedBy: userOf('adam') })
  })

  test('said twice is one change', async () => {
    const world = await team()
    const first = await suspend(world, 'adam', 'mia')
    expect(await suspend(world, 'alma', 'mia')).toEqual(first)
    expect(await reinstate(world, 'adam', 'gus')).toMatchObject({ body: { state: 'active' }, version: 1 })
  })

  test('of owners is for owners, of oneself for nobody, and of anybody not for members', async () => {
    const world = await team()
    await expect(suspend(world, 'adam', 'olga')).rejects.toMatchObject(refused('forbidden'))
    await expect(suspend(world, 'adam', 'adam')).rejects.toMatchObject(refused('conflict'))
    await expect(suspend(world, 'mia', 'gus')).rejects.toMatchObject(refused('forbidden'))
    await expect(suspend(world, 'gus', 'mia')).rejects.toMatchObject(refused('not-found'))
    await suspend(world, 'olga', 'otto')
    await expect(reinstate(world, 'adam', 'otto')).rejects.toMatchObject(refused('forbidden'))
  })

  test('takes an owner out of the count, and a reinstatement puts them back', async () => {
    const world = await team()
    await suspend(world, 'olga', 'otto')
    expect([await world.owners(), await world.counted()]).toEqual([1, 1])
    await expect(remove(world, 'olga', 'olga', '@me')).rejects.toMatchObject(refused('conflict'))
    await reinstate(world, 'olga', 'otto')
    expect([await world.owners(), await world.counted()]).toEqual([2, 2])
  })
})

describe('removal', () => {
  test('is for admins, of owners for owners, and of oneself for everybody', async () => {
    const world = await team()
    await expect(remove(world, 'adam', 'olga')).rejects.toMatchObject(refused('forbidden'))
    await expect(remove(world, 'mia', 'adam')).rejects.toMatchObject(refused('forbidden'))
    await expect(remove(world, 'gus', 'mia')).rejects.toMatchObject(refused('not-found'))
    await remove(world, 'adam', 'alma')
    await remove(world, 'gus', 'gus', '@me')
    await remove(world, 'mia', 'mia')
    await remove(world, 'olga', 'otto')
    const left = await Promise.all(everybody().map(({ name }) => world.member(name)))
    expect(left.map((one) => one?.name)).toEqual(['olga', undefined, 'adam', undefined, undefined, undefined])
    expect(await world.counted()).toBe(1)
  })

  test('leaves the last active owner', async () => {
    const world = await team()
    await remove(world, 'otto', 'otto', '@me')
    await expect(remove(world, 'olga', 'olga', '@me')).rejects.toMatchObject(refused('conflict'))
    expect([await world.owners(), await world.counted()]).toEqual([1, 1])
  })

  test('of a suspended owner leaves the count as it is', async () => {
    const world = await team()
    await suspend(world, 'olga', 'otto')
    await remove(world, 'olga', 'otto')
    expect([await world.member('otto'), await world.counted()]).toEqual([undefined, 1])
  })

  test('of nobody is not found, and of another version refused', async () => {
    const world = await team()
    await remove(world, 'adam', 'mia')
    await expect(remove(world, 'adam', 'mia')).rejects.toMatchObject(refused('not-found'))
    const stale = world.act(route.removeMember, removeMember, 'adam', 'gus', { expected: 7 })
    await expect(stale).rejects.toMatchObject(refused('precondition-failed'))
  })

  test('decided about somebody who has left meanwhile does not reach them when they are back', async () => {
    const world = await team()
    const finish = await world.begin(route.removeMember, removeMember, 'adam', 'mia')
    await remove(world, 'mia', 'mia', '@me')
    const back = named('mia', 'guest', { joinedAt: minutes(4) })
    await world.table.put(memberCodec.encode(back))
    await expect(finish()).rejects.toMatchObject(refused('conflict'))
    expect(await world.member('mia')).toEqual(back)
  })
})

describe('transfer of ownership', () => {
  test('makes one an owner and the other an admin; the number of owners stays', async () => {
    const world = await team()
    expect(await transfer(world, 'olga', 'gus')).toMatchObject({
      body: { userId: userOf('gus'), role: 'owner' },
    })
    expect([(await world.member('olga'))?.role, (await world.member('gus'))?.role]).toEqual([
      'admin',
      'owner',
    ])
    expect([await world.owners(), await world.counted()]).toEqual([2, 2])
  })

  test('said again answers the same and changes nothing', async () => {
    const world = await team()
    const first = await transfer(world, 'olga', 'mia')
    expect(await transfer(world, 'olga', 'mia')).toEqual(first)
    const at = await Promise.all(
      ['otto', 'otto'].map((by) => world.begin(route.transferOwnership, transferOwnership, by, 'gus')),
    )
    const [one, two] = await Promise.all(at.map((finish) => finish()))
    expect(one).toEqual(two)
    expect([await world.owners(), await world.counted()]).toEqual([2, 2])
  })

  test('is for owners, to active members who are none', async () => {
    const world = await team()
    await expect(transfer(world, 'adam', 'mia')).rejects.toMatchObject(refused('forbidden'))
    await expect(transfer(world, 'adam', 'otto')).rejects.toMatchObject(refused('forbidden'))
    await expect(transfer(world, 'olga', 'otto')).rejects.toMatchObject(refused('conflict'))
    await expect(transfer(world, 'olga', 'olga')).rejects.toMatchObject(refused('conflict'))
    await expect(transfer(world, 'olga', 'nobody')).rejects.toMatchObject(refused('not-found'))
    await suspend(world, 'olga', 'mia')
    await expect(transfer(world, 'olga', 'mia')).rejects.toMatchObject(refused('conflict'))
    expect([await world.owners(), await world.counted()]).toEqual([2, 2])
  })
})
