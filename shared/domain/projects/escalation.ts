import type { Escalation } from '../../api/schemas/project.ts'
import { invalidField } from '../failure.ts'
import type { WorkspacesByKey } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'

type Wanted = Escalation | null | undefined

/** Whoever a body wants to be told, as a member of the workspace or not. */
export const toldBy = async (
  wanted: Wanted,
  workspaceId: string,
  workspaces: Pick<WorkspacesByKey, 'member'>,
): Promise<Member | undefined> =>
  typeof wanted?.userId === 'string' ? workspaces.member(workspaceId, wanted.userId) : undefined

/**
 * What a project has after a body that may say nothing of it; the very same object when nothing changes.
 * @throws Failure `invalid-request` for somebody who is no member, unless they stand there already
 */
export const escalationAfter = (
  wanted: Wanted,
  told: Member | undefined,
  present: Escalation | null,
): Escalation | null => {
  if (wanted === undefined || wanted === null) return wanted === undefined ? present : null
  const isKept = wanted.userId === present?.userId
  if (wanted.userId !== null && !isKept && told === undefined)
    throw invalidField('/escalation/userId', 'must be a member of this workspace')
  return isKept && wanted.afterMinutes === present.afterMinutes ? present : wanted
}

/** When a task that becomes overdue at `dueAt` is to be told; `null`: never. */
export const escalationTime = (escalation: Escalation | null, dueAt: string): string | null =>
  escalation && new Date(Date.parse(dueAt) + escalation.afterMinutes * 60_000).toISOString()
