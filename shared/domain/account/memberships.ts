import { allOf } from '../pages.ts'
import type { Workspaces } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'

const pageSize = 100

/** All memberships of a person, in whatever state. Follows the writes by a moment. */
export const membershipsOf = (userId: string, workspaces: Workspaces): Promise<Member[]> => {
  const page = (after?: string) => workspaces.memberships(userId, pageSize, after)
  return allOf(page, ({ workspaceId }) => workspaceId)
}
