import { expect, test } from 'vitest'
import { auditOf } from '../../../../shared/domain/audit/auditOf.ts'
import type { Record } from '../../../../shared/domain/pipeline/record.ts'
import type { Workspaces } from '../../../../shared/domain/ports.ts'
import { aMember, anInvitation, idOf, minutes, userOf } from '../support/builders.ts'

const ana = userOf('ana')
const [early, late, suspended] = ['a', 'b', 'c'].map((name) => idOf('workspace', name)) as [
  string,
  string,
  string,
]
const members = [
  aMember({ userId: ana, workspaceId: early, joinedAt: minutes(1) }),
  aMember({ userId: ana, workspaceId: late, joinedAt: minutes(9) }),
  aMember({ userId: ana, workspaceId: suspended, joinedAt: minutes(2), state: 'suspended' }),
]
/** Pages of one; counts how often somebody's workspaces are asked for. */
const worldOf = () => {
  const asked: (string | undefined)[] = []
  const memberships: Workspaces['memberships'] = async (_userId, _limit, after) => {
    asked.push(after)
    const from = after === undefined ? 0 : members.findIndex(({ workspaceId }) => workspaceId === after) + 1
    return { items: members.slice(from, from + 1), more: from + 1 < members.length }
  }
  return { asked, workspaces: { memberships } as unknown as Workspaces }
}

const signIn: Record = {
  kind: 'session',
  after: {
    id: 'a5bd6ef3-6f0a-4b0f-8d47-94d3a0b9d6cf',
    userId: ana,
    createdAt: minutes(5),
    expiresAt: minutes(500),
    endedAt: null,
    userAgent: '',
  },
}
const tokenOf = (workspaceId: string | null): Record => ({
  kind: 'token',
  by: minutes(6),
  after: {
    id: idOf('token', 't'),
    userId: ana,
    slot: 0,
    hash: '',
    name: 'T',
    scopes: [],
    workspaceId,
    createdAt: minutes(5),
    expiresAt: minutes(500),
  },
})
const workspacesIn = async (record: Record): Promise<string[]> => {
  const [drafts = []] = await auditOf([record], worldOf().workspaces)
  return drafts.map(({ workspaceId }) => workspaceId)
}

test('a sign-in stands in each workspace that the person was a member of by then, suspended or not', async () => {
  expect(await workspacesIn(signIn)).toEqual([early, suspended])
})

test('a token stands in the workspace it is bound to, or in all', async () => {
  expect(await workspacesIn(tokenOf(early))).toEqual([early])
  expect(await workspacesIn(tokenOf(idOf('workspace', 'foreign')))).toEqual([])
  expect(await workspacesIn(tokenOf(null))).toEqual([early, suspended])
})

test('nobody’s workspaces are looked for where no account is concerned, and once for a person otherwise', async () => {
  const quiet = worldOf()
  const invitation: Record = { kind: 'invitation', after: anInvitation(), by: minutes(1) }
  const found = await auditOf([invitation, { kind: 'other' }], quiet.workspaces)
  expect([found.map(({ length }) => length), quiet.asked]).toEqual([[1, 0], []])
  const busy = worldOf()
  await auditOf([signIn, tokenOf(null), signIn], busy.workspaces)
  expect(busy.asked).toEqual([undefined, early, late])
})
