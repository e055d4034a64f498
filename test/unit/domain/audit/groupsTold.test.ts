import { expect, test } from 'vitest'
import { memberAudit } from '../../../../shared/domain/audit/members.ts'
import { aMember, idOf, minutes, userOf } from '../support/builders.ts'

test('owners learn who came into a group or out of it, and by whom', () => {
  const [pilots, clerks] = [idOf('group', 'pilots'), idOf('group', 'clerks')]
  const [none, one, two] = [
    aMember({ version: 3 }),
    aMember({ version: 4, groupIds: [pilots], updatedBy: userOf('ada') }),
    aMember({ version: 5, groupIds: [pilots, clerks] }),
  ]
  const by = minutes(1)
  expect(memberAudit({ before: none, after: one, by })).toMatchObject([
    {
      type: 'member.groupsChanged',
      by: userOf('ada'),
      changes: [{ field: 'groupIds', from: [], to: [pilots] }],
    },
  ])
  const out = memberAudit({ before: two, after: { ...one, version: 6 }, by })
  expect(out).toMatchObject([{ changes: [{ from: [pilots, clerks], to: [pilots] }] }])
  expect(memberAudit({ before: one, after: { ...one, version: 5 }, by })).toEqual([])
})
