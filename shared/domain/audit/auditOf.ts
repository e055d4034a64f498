import { membershipsOf } from '../account/memberships.ts'
import type { Record } from '../pipeline/record.ts'
import type { Workspaces } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type PersonalDraft, personAudit, sessionAudit, tokenAudit } from './accounts.ts'
import type { AuditDraft } from './event.ts'
import { exportAudit } from './exports.ts'
import { groupAudit, groupDeletionAudit, membershipAudit } from './groups.ts'
import { departureAudit, memberAudit } from './members.ts'
import { mfaAudit } from './mfa.ts'
import { secondOf } from './second.ts'
import { shareAudit } from './shares.ts'
import { webhookAudit } from './webhooks.ts'
import { invitationAudit, workspaceAudit } from './workspaces.ts'

/** What owners of a workspace learn from a record about something of that workspace. */
const ofWorkspace = (record: Record): AuditDraft[] => {
  switch (record.kind) {
    case 'workspace':
      return workspaceAudit(record)
    case 'member':
      return [...memberAudit(record), ...membershipAudit(record)]
    case 'group':
      return groupAudit(record)
    case 'groupDeletion':
      return groupDeletionAudit(record)
    case 'departure':
      return departureAudit(record)
    case 'invitation':
      return invitationAudit(record)
    case 'task':
      return shareAudit(record)
    case 'webhook':
      return webhookAudit(record)
    default:
      return []
  }
}

/** What owners of all workspaces of a person learn from a record about that person's account. */
const ofPerson = (record: Record): PersonalDraft[] => {
  switch (record.kind) {
    case 'person':
      return [...personAudit(record), ...mfaAudit(record)]
    case 'exports':
      return exportAudit(record)
    case 'session':
      return sessionAudit(record)
    case 'token':
      return tokenAudit(record)
    default:
      return []
  }
}

/**
 * Of a workspace is only what a person did since they are its member, whether suspended or not. By the second: of some
 * events no more is known.
 */
const inEach = (draft: PersonalDraft, members: readonly Member[]): AuditDraft[] => {
  const { userId: _, workspaceId: only, ...event } = draft
  return members
    .filter(({ workspaceId }) => only === null || only === workspaceId)
    .filter(({ joinedAt }) => secondOf(joinedAt) <= event.at)
    .map(({ workspaceId }) => ({ ...event, workspaceId }))
}

/**
 * What stands in audit logs because of some records, those of each record by themselves. Reads the workspaces of
 * people whose accounts the records are about, once each.
 */
export const auditOf = async (
  records: readonly Record[],
  workspaces: Workspaces,
): Promise<(readonly AuditDraft[])[]> => {
  const personal = records.map(ofPerson)
  const people = [...new Set(personal.flat().map(({ userId }) => userId))]
  const found = await Promise.all(
    people.map(async (userId) => [userId, await membershipsOf(userId, workspaces)] as const),
  )
  const members = new Map(found)
  return records.map((record, n) => [
    ...ofWorkspace(record),
    ...(personal[n] ?? []).flatMap((draft) => inEach(draft, members.get(draft.userId) ?? [])),
  ])
}
