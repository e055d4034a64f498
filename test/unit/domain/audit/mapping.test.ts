import { describe, expect, test } from 'vitest'
import { personAudit, sessionAudit, tokenAudit } from '../../../../shared/domain/audit/accounts.ts'
import { exportAudit } from '../../../../shared/domain/audit/exports.ts'
import { groupAudit, groupDeletionAudit, membershipAudit } from '../../../../shared/domain/audit/groups.ts'
import { departureAudit, memberAudit } from '../../../../shared/domain/audit/members.ts'
import { mfaAudit } from '../../../../shared/domain/audit/mfa.ts'
import { shareAudit } from '../../../../shared/domain/audit/shares.ts'
import { invitationAudit, workspaceAudit } from '../../../../shared/domain/audit/workspaces.ts'
import { deletionOf } from '../../../../shared/domain/groups/group.ts'
import type { Token } from '../../../../shared/domain/tokens/token.ts'
import { departureOf, type Member, revoked } from '../../../../shared/domain/workspaces/workspace.ts'
import {
  aMember,
  anInvitation,
  aPerson,
  aTask,
  aWorkspace,
  idOf,
  iso,
  minutes,
  start,
  userOf,
} from '../support/builders.ts'

const by = minutes(5)
const [owner, ana] = [userOf('owner'), userOf('ana')]
const member = aMember({ userId: ana, role: 'member', updatedBy: owner })
const next = (changes: Partial<Member>): Member => ({ ...member, ...changes, version: member.version + 1 })
const told = (events: readonly { type: string; by: string | null; changes: readonly unknown[] }[]) =>
  events.map(({ type, by, changes }) => [type, by, changes])

describe('a member', () => {
  test('joins by an invitation, or without one', () => {
    const joined = { ...member, invitationId: idOf('invitation', 'i'), updatedBy: ana }
    expect(told(memberAudit({ after: joined, by }))).toEqual([
      [
        'member.joined',
        ana,
        [
          { field: 'role', from: null, to: 'member' },
          { field: 'invitationId', from: null, to: joined.invitationId },
        ],
      ],
    ])
    expect(memberAudit({ after: member, by })[0]?.changes[1]?.to).toBeNull()
  })

  const role = { field: 'role', from: 'member', to: 'owner' }
  const cases: [string, Partial<Member>, unknown[]][] = [
    ['another role', { role: 'owner' }, [['member.roleChanged', owner, [role]]]],
    ['the workspace', { role: 'owner', handedOverBy: owner }, [['workspace.handedOver', owner, [role]]]],
    [
      'a suspension',
      { state: 'suspended' },
      [['member.suspended', owner, [{ field: 'state', from: 'active', to: 'suspended' }]]],
    ],
    [
      'roles in projects',
      { projectRoles: { prj_b: 'guest', prj_a: 'manager' } },
      [
        [
          'member.projectRolesChanged',
          owner,
          [
            { field: 'projectRoles/prj_a', from: null, to: 'manager' },
            { field: 'projectRoles/prj_b', from: null, to: 'guest' },
          ],
        ],
      ],
    ],
    ['another name', { name: 'Ana the Second', workspaceName: 'X' }, []],
  ]
  test.each(cases)('gets %s', (_name, changes, expected) => {
    expect(told(memberAudit({ before: member, after: next(changes), by }))).toEqual(expected)
  })

  test('comes back from a suspension', () => {
    const before = next({ state: 'suspended' })
    const after = { ...before, state: 'active' as const, version: before.version + 1 }
    expect(memberAudit({ before, after, by }).map(({ type }) => type)).toEqual(['member.reinstated'])
  })

  test('has an event of their own for each write, also two within a second, and after they came back', () => {
    const promoted = next({ role: 'admin' })
    const demoted = { ...promoted, role: 'member' as const, version: promoted.version + 1 }
    const again = { ...promoted, joinedAt: minutes(3) }
    const ids = [
      memberAudit({ before: member, after: promoted, by }),
      memberAudit({ before: promoted, after: demoted, by }),
      memberAudit({ before: { ...member, joinedAt: minutes(3) }, after: again, by }),
    ].flatMap((events) => events.map(({ id }) => id))
    expect(new Set(ids).size).toBe(3)
  })

  test('goes by themselves or by somebody else, and the deletion tells nothing more', () => {
    const types = [ana, owner].map(
      (who) => departureAudit({ after: departureOf(member, { by: who, at: by }) })[0]?.type,
    )
    expect(types).toEqual(['member.left', 'member.removed'])
    expect(memberAudit({ before: member, by })).toEqual([])
    expect(departureAudit({ before: departureOf(member, { by: ana, at: by }) })).toEqual([])
  })
})

describe('a workspace', () => {
  test('is created and edited; the count of its owners is no edit', () => {
    const workspace = aWorkspace()
    expect(workspaceAudit({ after: workspace })).toMatchObject([
      { type: 'workspace.created', by: workspace.createdBy, at: workspace.createdAt },
    ])
    const edited = { ...workspace, name: 'Quay', updatedBy: ana, version: workspace.version + 1 }
    expect(told(workspaceAudit({ before: workspace, after: edited }))).toEqual([
      ['workspace.edited', ana, [{ field: 'name', from: workspace.name, to: 'Quay' }]],
    ])
    expect(workspaceAudit({ before: workspace, after: { ...workspace, owners: 2 } })).toEqual([])
  })
})

describe('an invitation', () => {
  const open = anInvitation()
  const accepted = { ...open, email: null, acceptedAt: by, acceptedBy: ana, version: 2 }
  const cases: [string, Parameters<typeof invitationAudit>[0], unknown[]][] = [
    ['is made', { after: open, by }, [['invitation.made', open.invitedBy]]],
    ['is accepted', { before: open, after: accepted, by }, [['invitation.accepted', ana]]],
    ['is taken back', { before: open, after: revoked(open, owner, by), by }, [['invitation.revoked', owner]]],
    [
      'falls with its maker',
      { before: open, after: revoked(open, null, by), by },
      [['invitation.revoked', null]],
    ],
    ['is dropped while it is open', { before: open, by }, [['invitation.revoked', null]]],
    ['has expired', { before: open, by: open.expiresAt }, []],
    ['is dropped after it was accepted', { before: accepted, by }, []],
    ['is dropped after it was taken back', { before: revoked(open, owner, by), by }, []],
  ]
  test.each(cases)('%s', (_name, change, expected) => {
    const events = invitationAudit(change)
    expect(events.map((one) => [one.type, one.by])).toEqual(expected)
    expect(JSON.stringify(events)).not.toContain(open.email)
  })
})

describe('a share', () => {
  test('is given, changed and taken, each with whom; not when nothing of it changes or the task goes', () => {
    const task = aTask({ shares: { [ana]: 'view', [owner]: 'view' } })
    const shares = { [ana]: 'edit', [userOf('ben')]: 'view' } as const
    const after = { ...task, shares, updatedBy: userOf('cem'), version: task.version + 1 }
    const events = shareAudit({ before: task, after })
    expect(events.map(({ type, by, changes }) => [type, by, changes[0]?.field]).sort()).toEqual([
      ['share.changed', userOf('cem'), `shares/${ana}`],
      ['share.given', userOf('cem'), `shares/${userOf('ben')}`],
      ['share.taken', userOf('cem'), `shares/${owner}`],
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
    expect(shareAudit({ before: task, after: { ...task, version: 9 } })).toEqual([])
    expect(shareAudit({ before: task })).toEqual([])
  })
})

describe('an account', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const session = {
    id: 'a5bd6ef3-6f0a-4b0f-8d47-94d3a0b9d6cf',
    userId: ana,
    createdAt: iso(start),
    expiresAt: minutes(60),
    endedAt: null,
    userAgent,
  }

  test('is signed in to, by which browser, and out of; uses and expiry of a session are no events', () => {
    expect(told(sessionAudit({ after: session }))).toEqual([
      [
        'session.began',
        ana,
        [
          { field: 'browser', from: null, to: 'Firefox' },
          { field: 'system', from: null, to: 'Linux' },
        ],
      ],
    ])
    const ended = { ...session, endedAt: by, endedBecause: 'signedOut' as const }
    const cause = { field: 'endedBecause', from: null, to: 'signedOut' }
    expect(told(sessionAudit({ before: session, after: ended }))).toEqual([['session.ended', ana, [cause]]])
    const stolen = { ...session, endedAt: by, endedBecause: 'tokenReused' as const }
    expect(sessionAudit({ before: session, after: stolen })).toMatchObject([{ by: null }])
    expect(sessionAudit({ before: session, after: { ...session, lastUsedAt: by } })).toEqual([])
    expect(sessionAudit({ before: ended, after: { ...ended, lastUsedAt: by } })).toEqual([])
    expect(sessionAudit({ before: session })).toEqual([])
  })

  test('ends all its sessions at once, twice in one instant as well', () => {
    const person = aPerson({ id: ana })
    const ends = [
      { ...person, sessionsFrom: by, keptSession: null },
      { ...person, sessionsFrom: by, keptSession: session.id },
    ]
    const ids = ends.flatMap((after) => personAudit({ before: person, after }).map(({ id }) => id))
    expect(new Set(ids).size).toBe(2)
    expect(personAudit({ before: person, after: { ...person, name: 'Another' } })).toEqual([])
    expect([personAudit({ after: person }), personAudit({ before: person })]).toEqual([[], []])
  })

  const token: Token = {
    id: idOf('token', 't'),
    userId: ana,
    slot: 3,
    hash: 'secret-hash',
    name: 'Report',
    scopes: ['tasks:read'],
    workspaceId: null,
    createdAt: iso(start),
    expiresAt: minutes(60),
  }
  const other = { ...token, id: idOf('token', 'u') }
  const cases: [string, Parameters<typeof tokenAudit>[0], string[]][] = [
    ['made', { after: token, by }, ['token.made']],
    ['made in the place of one that has expired', { before: token, after: other, by }, ['token.made']],
    ['revoked', { before: token, by }, ['token.revoked']],
    ['forgotten once it has expired', { before: token, by: minutes(61) }, []],
  ]
  test.each(cases)('has a token %s, of which no secret shows', (_name, change, expected) => {
    const events = tokenAudit(change)
    expect(events.map(({ type }) => type)).toEqual(expected)
    expect(JSON.stringify(events)).not.toContain(token.hash)
  })
})

describe('a group', () => {
  const group = {
    id: idOf('group', 'g'),
    workspaceId: member.workspaceId,
    name: 'Crane',
    members: 0,
    createdAt: iso(start),
    createdBy: owner,
    updatedAt: minutes(1),
    updatedBy: ana,
    version: 2,
  }
  test('is created, renamed and deleted; the count of its members is no event', () => {
    const name = (from: string | null, to: string | null) => [{ field: 'name', from, to }]
    const renamed = { ...group, name: 'Cranes', version: 3 }
    expect(told(groupAudit({ after: group }))).toEqual([['group.created', owner, name(null, 'Crane')]])
    expect(told(groupAudit({ before: group, after: renamed }))).toEqual([
      ['group.renamed', ana, name('Crane', 'Cranes')],
    ])
    expect(groupAudit({ before: group })).toEqual([])
    const deletion = deletionOf(group, { by: ana, at: minutes(3) })
    expect(told(groupDeletionAudit({ after: deletion }))).toEqual([
      ['group.deleted', ana, name('Crane', null)],
    ])
    // What has lain long enough, the table drops by itself.
    expect(groupDeletionAudit({ before: deletion })).toEqual([])
    expect(groupAudit({ before: group, after: { ...group, members: 1, version: 3 } })).toEqual([])
  })

  test('gets members and loses them', () => {
    const before = { ...member, groupIds: ['grp_a', 'grp_b'] }
    const after = next({ groupIds: ['grp_b', 'grp_c'] })
    const events = membershipAudit({ before, after, by })
    expect(events.map(({ type, about, changes }) => [type, about.id, changes])).toEqual([
      ['group.memberAdded', 'grp_c', [{ field: 'members', from: null, to: ana }]],
      ['group.memberRemoved', 'grp_a', [{ field: 'members', from: ana, to: null }]],
    ])
    expect([membershipAudit({ after, by }), membershipAudit({ before, by })]).toEqual([[], []])
  })
})

describe('a second factor', () => {
  const person = aPerson({ id: ana })
  const on = { enabledAt: minutes(1), recoveryCodes: ['hash-1', 'hash-2'] }
  const cases: [string, typeof on | undefined, typeof on | undefined, string[]][] = [
    ['switched on', undefined, on, ['mfa.enabled']],
    ['switched off', on, undefined, ['mfa.disabled']],
    ['replaced', on, { ...on, enabledAt: minutes(2) }, ['mfa.enabled']],
    ['gone round by a recovery code', on, { ...on, recoveryCodes: ['hash-2'] }, ['mfa.recoveryCodeUsed']],
    ['given new recovery codes', on, { ...on, recoveryCodes: ['hash-3'] }, ['mfa.recoveryCodesRenewed']],
    ['left alone', on, on, []],
  ]
  test.each(cases)('is %s, and shows no code', (_name, before, after, types) => {
    const state = (mfa: typeof on | undefined) => ({ ...person, ...(mfa && { mfa }) })
    const events = mfaAudit({ before: state(before), after: { ...state(after), version: 2 } })
    expect(events.map(({ type }) => type)).toEqual(types)
    expect(JSON.stringify(events)).not.toContain('hash-')
  })

  test('tells nothing once the account is given up', () => {
    expect(mfaAudit({ before: { ...person, mfa: on }, after: { ...person, state: 'deleting' } })).toEqual([])
  })
})

test('an export is told once, when it is asked for', () => {
  const one = (id: string) => ({
    id,
    createdAt: minutes(1),
    finishedAt: null,
    expiresAt: minutes(9),
    parts: [],
    cursor: null,
    origin: null,
  })
  const [before, after] = [['a'], ['a', 'b']].map((ids, version) => ({
    userId: ana,
    all: ids.map(one),
    version,
  }))
  expect(exportAudit({ ...(before && { before }), ...(after && { after }) })).toMatchObject([
    { id: 'export/b', type: 'export.asked', by: ana, about: { kind: 'export', id: 'b' } },
  ])
  expect(exportAudit({ ...(after && { before: after }) })).toEqual([])
})
