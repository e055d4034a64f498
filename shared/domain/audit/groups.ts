import type { Group, GroupDeletion } from '../groups/group.ts'
import type { Change, MemberChange } from '../pipeline/record.ts'
import type { AuditDraft } from './event.ts'
import { secondOf } from './second.ts'

/** What a write of a group itself means to owners; the count of its members, nothing. */
export const groupAudit = ({ before, after }: Change<Group>): AuditDraft[] => {
  if (after === undefined || before?.name === after.name) return []
  const { workspaceId, id, version, createdBy, updatedAt, updatedBy } = after
  const common: Pick<AuditDraft, 'workspaceId' | 'at' | 'about' | 'changes'> = {
    workspaceId,
    at: updatedAt,
    about: { kind: 'group', id },
    changes: [{ field: 'name', from: before?.name ?? null, to: after.name }],
  }
  if (before === undefined)
    return [{ ...common, id: `group/${id}/created`, type: 'group.created', by: createdBy }]
  return [{ ...common, id: `group/${id}/${version}`, type: 'group.renamed', by: updatedBy }]
}

export const groupDeletionAudit = ({ after }: Change<GroupDeletion>): AuditDraft[] => {
  if (after === undefined) return []
  const { workspaceId, groupId, name, by, at } = after
  return [
    {
      workspaceId,
      id: `group/${groupId}/deleted`,
      type: 'group.deleted',
      at,
      by,
      about: { kind: 'group', id: groupId },
      changes: [{ field: 'name', from: name, to: null }],
    },
  ]
}

/** Which groups a member came into, or left, with a write of the member. */
export const membershipAudit = ({ before, after, by }: MemberChange): AuditDraft[] => {
  if (before === undefined || after === undefined) return []
  const { workspaceId, userId, joinedAt, version, updatedBy } = after
  const [old, now] = [new Set(before.groupIds ?? []), new Set(after.groupIds ?? [])]
  const event = (id: string, isIn: boolean): AuditDraft => ({
    workspaceId,
    id: `group/${id}/${userId}/${joinedAt}/${version}`,
    type: isIn ? 'group.memberAdded' : 'group.memberRemoved',
    at: secondOf(by),
    by: updatedBy,
    about: { kind: 'group', id },
    changes: [{ field: 'members', from: isIn ? null : userId, to: isIn ? userId : null }],
  })
  return [
    ...[...now].filter((id) => !old.has(id)).map((id) => event(id, true)),
    ...[...old].filter((id) => !now.has(id)).map((id) => event(id, false)),
  ]
}
