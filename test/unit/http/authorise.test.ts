import { describe, expect, test } from 'vitest'
import { actions, type Role, roles } from '../../../shared/api/actions.ts'
import type { Access } from '../../../shared/api/declaration.ts'
import { mayDo } from '../../../shared/domain/access/permissions.ts'
import type { Target } from '../../../shared/domain/access/target.ts'
import { Failure, notFound } from '../../../shared/domain/failure.ts'
import { authorise, type Identified, identify } from '../../../shared/http/authorise.ts'
import {
  aMember,
  anAsk,
  aPerson,
  aSession,
  minutes,
  userOf,
  workspaceId,
} from '../domain/support/builders.ts'

const ask = anAsk({ params: { workspaceId }, query: {}, body: {} })
const ana = userOf('ana')
const found = (changes: Partial<Identified> = {}): Identified => ({
  person: aPerson(),
  session: aSession(),
  member: aMember(),
  ...changes,
})
/** The code of a refusal; `let through` without one. */
const verdict = (access: Access, who: Identified, about: () => Target = () => ({})): string => {
  try {
    authorise(access, who, ask, about)
    return 'let through'
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}
const readOf = (action: (typeof actions)[number]) =>
  `${action.slice(0, action.indexOf('.'))}.read` as typeof action

describe.each(actions)('%s', (action) => {
  const access: Access = { kind: 'member', action }

  test.each(roles)('by %s: through, 403 where it may be read, 404 where not', (role) => {
    for (const isOwn of [true, false]) {
      const expected = mayDo(role, action, isOwn)
        ? 'let through'
        : mayDo(role, readOf(action), isOwn)
          ? 'forbidden'
          : 'not-found'
      const about = () => ({ owners: isOwn ? [userOf('ben'), ana] : [userOf('ben')] })
      expect(verdict(access, found({ member: aMember({ role }) }), about)).toBe(expected)
    }
  })

  test('by a stranger: as if it did not exist, and the target is not even looked at', () => {
    const about = () => {
      throw new Error('looked at')
    }
    expect(verdict(access, found({ member: undefined }), about)).toBe('not-found')
  })
})

describe('a session', () => {
  const member: Access = { kind: 'member', action: 'workspace.read' }
  const session: Access = { kind: 'session', reason: 'test' }
  const dead: [string, Partial<Identified>][] = [
    ['no person', { person: undefined }],
    ['no session', { session: undefined }],
    ['an unconfirmed person', { person: aPerson({ state: 'unconfirmed' }) }],
    ['an ended session', { session: aSession({ endedAt: minutes(0) }) }],
    ['a session that ends now', { session: aSession({ expiresAt: ask.now }) }],
    ['a session from before all were ended', { person: aPerson({ sessionsFrom: minutes(1) }) }],
    [
      'another session kept when all were ended',
      { person: aPerson({ sessionsFrom: minutes(1), keptSession: 'other' }) },
    ],
  ]
  test.each(dead)('with %s is none', (_name, changes) => {
    expect(verdict(member, found(changes))).toBe('unauthenticated')
    expect(verdict(session, found(changes))).toBe('unauthenticated')
  })

  test('that stands is enough where no workspace is asked for; the kept one stands', () => {
    expect(verdict(session, found({ member: undefined }))).toBe('let through')
    const kept = aPerson({ sessionsFrom: minutes(1), keptSession: 'session' })
    expect(verdict(session, found({ person: kept }))).toBe('let through')
  })
})

test('a missing target is not found, whatever the role would allow', () => {
  const about = () => {
    throw notFound()
  }
  const access: Access = { kind: 'member', action: 'task.edit' }
  for (const role of ['member', 'guest'] as const) {
    expect(verdict(access, found({ member: aMember({ role }) }), about)).toBe('not-found')
  }
})

describe('a role in a project', () => {
  const access: Access = { kind: 'member', action: 'task.edit' }
  const inProject = (role: Role, projectRole: Role): string =>
    verdict(access, found({ member: aMember({ role, projectRoles: { prj_a: projectRole } }) }), () => ({
      projectIds: ['prj_a'],
    }))

  test('takes the place of the one in the workspace, be it weaker or stronger', () => {
    expect(inProject('guest', 'manager')).toBe('let through')
    expect(inProject('manager', 'member')).toBe('forbidden')
    expect(inProject('manager', 'guest')).toBe('not-found')
  })

  test('does not count for those who run the workspace', () => {
    expect(inProject('owner', 'guest')).toBe('let through')
    expect(inProject('admin', 'guest')).toBe('let through')
  })
})

test('open routes read nobody and refuse nobody', async () => {
  const nobody = { person: undefined, session: undefined, member: undefined }
  for (const kind of ['public', 'refresh'] as const) {
    const access: Access = { kind, reason: 'test' }
    expect(await identify(access, ask, {} as never)).toEqual(nobody)
    expect(verdict(access, nobody)).toBe('let through')
  }
})

test('the member is read by the workspace of the path and the caller of the token, and by nothing else', async () => {
  const asked: string[][] = []
  const world = {
    people: { person: async () => undefined, session: async () => undefined },
    workspaces: { member: async (...key: string[]) => void asked.push(key) },
  } as never
  const hostile = anAsk({ params: { workspaceId }, query: { workspaceId: 'x' }, body: { userId: 'x' } })
  await identify({ kind: 'member', action: 'task.read' }, hostile, world)
  await identify({ kind: 'session', reason: 'test' }, hostile, world)
  expect(asked).toEqual([[workspaceId, ana]])
})
