import type { Group } from '../groups/group.ts'
import type { DatedChange, MemberChange } from '../pipeline/record.ts'
import type { AuditDraft } from './event.ts'
import { secondOf } from './second.ts'

/** What a write of a group itself means to owners; the count of its members, nothing. */
export const groupAudit = ({ before, after, by: noticed }: DatedChange<Group>): AuditDraft[] => {
  const group = after ?? before
  if (group === undefined || before?.name === after?.name) return []
  const { workspaceId, id, version, createdBy, updatedAt, updatedBy } = group
  const common: Pick<AuditDraft, 'workspaceId' | 'about' | 'changes'> = {
    workspaceId,
    about: { kind: 'group', id },
    changes: [{ field: 'name', from: before?.name ?? null, to: after?.name ?? null }],
  }
  if (before === undefined)
    return [{ ...common, id: `group/${id}/created`, type: 'group.created', at: updatedAt, by: createdBy }]
  // Of a deletion the stream shows only what there was.
  if (after === undefined)
    return [{ ...common, id: `group/${id}/deleted`, type: 'group.deleted', at: secondOf(noticed), by: null }]
  return [{ ...common, id: `group/${id}/${version}`, type: 'group.renamed', at: updatedAt, by: updatedBy }]
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
