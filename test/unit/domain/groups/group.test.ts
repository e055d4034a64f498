import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folded, type GroupNames, withName, withoutName } from '../../../../shared/domain/groups/group.ts'
import { entering, leaving } from '../../../../shared/domain/groups/moves.ts'
import { aGroup, aMember, idOf, minutes, userOf, workspaceId } from '../support/builders.ts'

const none: GroupNames = { workspaceId, version: 0, names: [] }
const mover = { userId: userOf('ada'), now: minutes(3) }

describe('a name, as it is compared', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['Ζεύς', 'ΖΕΎΣ'],
    ['Su\u0308d', 'S\u00fcd'],
    ['Night  shift', 'night\tshift'],
  ])('%s is %s', (one, other) => expect(folded(one)).toBe(folded(other)))

  test.each([
    ['Süd', 'Sud'],
    ['Nightshift', 'Night shift'],
    ['Team 1', 'Team 2'],
  ])('%s is not %s', (one, other) => expect(folded(one)).not.toBe(folded(other)))

  test('stays what it is when folded again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => folded(folded(name)) === folded(name)))
  })
})

describe('the names of a workspace', () => {
  const pilots = withName(none, 'grp_1', 'Pilots')

  test('hold each name once, and let a group write its own in another way', () => {
    expect(() => withName(pilots, 'grp_2', 'PILOTS')).toThrow('has this name')
    expect(withName(pilots, 'grp_1', 'PILOTS').names).toEqual([{ groupId: 'grp_1', name: 'pilots' }])
    expect(withName(withoutName(pilots, 'grp_1'), 'grp_2', 'Pilots').version).toBe(3)
  })

  test('are a hundred at most, of which each can be another', () => {
    let all = none
    for (let n = 0; n < 100; n++) all = withName(all, `grp_${n}`, `Team ${n}`)
    expect(() => withName(all, 'grp_100', 'Team 100')).toThrow('at most 100')
    expect(withName(all, 'grp_7', 'Seventh').names).toHaveLength(100)
  })
})

describe('somebody who comes and goes', () => {
  const group = aGroup({ members: 4, version: 9 })
  const member = aMember({ groupIds: ['grp_other'], version: 2 })

  test('moves group and member together, and leaves them as they were', () => {
    const came = entering(group, member, mover)
    expect([came.group.members, came.group.version]).toEqual([5, 10])
    expect([came.member.groupIds, came.member.version]).toEqual([['grp_other', group.id], 3])
    expect(came.place).toMatchObject({ groupId: group.id, joinedAt: member.joinedAt, addedBy: userOf('ada') })
    const went = leaving(came.place, { group: came.group, member: came.member }, mover)
    expect([went.group?.members, went.member?.groupIds]).toEqual([4, ['grp_other']])
  })

  test('and has come back to the workspace since is not touched', () => {
    const { place } = entering(group, member, mover)
    const back = aMember({ joinedAt: minutes(99), groupIds: [idOf('group', 'pilots')] })
    expect(leaving(place, { group, member: back }, mover).member).toBeUndefined()
    expect(leaving(place, { group: undefined, member }, mover).group).toBeUndefined()
  })
})
