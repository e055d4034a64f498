import { describe, expect, test } from 'vitest'
import { type Action, actions, type Role, roles } from '../../../../shared/api/actions.ts'
import { allowedActions, mayDo, ruleFor } from '../../../../shared/domain/access/permissions.ts'

/**
 * The requirement, written down once more: who may do an action on what is not their own, and who besides only
 * on what is. Nobody else may.
 */
const everybody = [...roles]
const staff: Role[] = ['owner', 'admin', 'manager']
const heads: Role[] = ['owner', 'admin']
const allButGuests: Role[] = [...staff, 'member']
const required: Record<Action, { all: Role[]; own?: Role[] }> = {
  'workspace.read': { all: everybody },
  'workspace.edit': { all: heads },
  'member.read': { all: allButGuests },
  'member.invite': { all: heads },
  'member.edit': { all: heads },
  'member.suspend': { all: heads },
  'member.remove': { all: heads, own: ['manager', 'member', 'guest'] },
  'group.read': { all: allButGuests },
  'group.create': { all: heads },
  'group.edit': { all: heads },
  'group.delete': { all: heads },
  'project.read': { all: allButGuests },
  'project.create': { all: staff },
  'project.edit': { all: staff },
  'task.read': { all: allButGuests, own: ['guest'] },
  'task.create': { all: allButGuests },
  'task.edit': { all: staff, own: ['member'] },
  'task.complete': { all: staff, own: ['member'] },
  'task.delete': { all: staff, own: ['member'] },
  'task.move': { all: staff, own: ['member'] },
  'task.assign': { all: staff, own: ['member'] },
  'task.share': { all: staff, own: ['member'] },
  'task.time': { all: staff, own: ['member', 'guest'] },
  'task.timeOfOthers': { all: staff },
  'task.purge': { all: heads },
  'workspace.deleteTasks': { all: ['owner'] },
  'audit.read': { all: ['owner'] },
  'comment.read': { all: allButGuests, own: ['guest'] },
  'comment.create': { all: allButGuests, own: ['guest'] },
  'comment.edit': { all: [], own: everybody },
  'comment.delete': { all: staff, own: ['member', 'guest'] },
  'template.read': { all: allButGuests },
  'template.create': { all: allButGuests },
  'template.edit': { all: staff, own: ['member'] },
  'template.delete': { all: staff, own: ['member'] },
  'template.use': { all: allButGuests },
  'job.create': { all: allButGuests },
  'job.read': { all: heads, own: ['manager', 'member', 'guest'] },
  'job.cancel': { all: heads, own: ['manager', 'member', 'guest'] },
  'statistics.read': { all: allButGuests },
  'webhook.read': { all: heads },
  'webhook.create': { all: heads },
  'webhook.edit': { all: heads },
  'webhook.delete': { all: heads },
}

describe.each(actions)('%s', (action) => {
  test.each(roles)('by %s', (role) => {
    const { all, own = [] } = required[action]
    expect(mayDo(role, action, false)).toBe(all.includes(role))
    expect(mayDo(role, action, true)).toBe(all.includes(role) || own.includes(role))
  })
})

test('a role may never do less than the one below it', () => {
  const strength = { none: 0, own: 1, all: 2 }
  for (const action of actions) {
    const column = roles.map((role) => strength[ruleFor(role, action)])
    expect(column, action).toEqual([...column].sort((a, b) => b - a))
  }
})

test('allowed actions are those of the group that may be done, and no other', () => {
  for (const role of roles) {
    for (const isOwn of [true, false]) {
      expect(allowedActions(role, 'task', isOwn)).toEqual(
        actions.filter((action) => action.startsWith('task.') && mayDo(role, action, isOwn)),
      )
    }
  }
  expect(allowedActions('guest', 'task', true)).toEqual(['task.read', 'task.time'])
  expect(allowedActions('owner', 'tas', true)).toEqual([])
})
