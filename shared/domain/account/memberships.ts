import type { Workspaces } from '../ports.ts'
import type { Member } from '../workspaces/workspace.ts'

const pageSize = 100

/** All memberships of a person, in whatever state. Follows the writes by a moment. */
export const membershipsOf = async (userId: string, workspaces: Workspaces): Promise<Member[]> => {
  const all: Member[] = []
  for (let after: string | undefined; ; ) {
    const { items, more } = await workspaces.memberships(userId, pageSize, after)
    all.push(...items)
    after = items.at(-1)?.workspaceId
    if (!more || after === undefined) return all
  }
}
