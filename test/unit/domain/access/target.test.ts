import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actions, type Role, roles } from '../../../../shared/api/actions.ts'
import { mayDo } from '../../../../shared/domain/access/permissions.ts'
import { allowedOn, may, mayAlways, roleTowards } from '../../../../shared/domain/access/target.ts'
import { aMember, userOf } from '../support/builders.ts'

const projects = ['prj_a', 'prj_b', 'prj_c']
const projectRole = fc.constantFrom<Role>('manager', 'member', 'guest')
const member = fc.record({
  role: fc.constantFrom(...roles),
  projectRoles: fc.dictionary(fc.constantFrom(...projects), projectRole),
})
const target = fc.record({
  owners: fc.subarray([userOf('ana'), userOf('ben')]),
  projectIds: fc.subarray(projects),
})

describe('who may do what to a target', () => {
  test('is what the role of some project of it allows, and that of the workspace to those who run it', () => {
    fc.assert(
      fc.property(member, target, fc.constantFrom(...actions), ({ role, projectRoles }, about, action) => {
        const who = aMember({ role, projectRoles })
        const isOwn = about.owners.includes(who.userId)
        const runs = role === 'owner' || role === 'admin'
        const counting =
          runs || about.projectIds.length === 0
            ? [role]
            : about.projectIds.map((id) => projectRoles[id] ?? role)
        // The table grants no weaker role what it refuses a stronger one.
        expect(may(who, action, about)).toBe(counting.some((one) => mayDo(one, action, isOwn)))
        expect(counting).toContain(roleTowards(who, about))
      }),
      { numRuns: 2_000 },
    )
  })

  test('is shown in allowedActions', () => {
    fc.assert(
      fc.property(member, target, (fields, about) => {
        const who = aMember(fields)
        const expected = actions.filter((action) => action.startsWith('task.') && may(who, action, about))
        expect(allowedOn(who, 'task', about)).toEqual(expected)
      }),
    )
  })

  test('needs no look at the target where the role in the workspace decides alone', () => {
    fc.assert(
      fc.property(member, target, fc.constantFrom(...actions), (fields, { projectIds }, action) => {
        const who = aMember(fields)
        if (mayAlways(who, action)) expect(may(who, action, { projectIds })).toBe(true)
      }),
    )
  })
})
