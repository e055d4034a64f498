import { allOf } from '../pages.ts'
import type { OwnersMove, Workspaces } from '../ports.ts'
import { handedOver } from '../workspaces/standing.ts'
import { departureOf, isActive, isActiveOwner, type Member } from '../workspaces/workspace.ts'
import { membershipsOf } from './memberships.ts'

const pageSize = 100
const attempts = 10

/** From the strongest to the weakest; owners need no heir. */
const heirs: readonly Member['role'][] = ['admin', 'manager', 'member']

const byStrength = (a: Member, b: Member): number =>
  heirs.indexOf(a.role) - heirs.indexOf(b.role) ||
  Number(a.joinedAt > b.joinedAt) - Number(a.joinedAt < b.joinedAt)

/** The strongest of the others, of those who are equal the one who joined first. */
const heirOf = async (
  { workspaceId, userId }: Member,
  workspaces: Workspaces,
): Promise<Member | undefined> => {
  const page = (after?: string) => workspaces.members(workspaceId, pageSize, after)
  const all = await allOf(page, (member) => member.userId)
  const others = all.filter((one) => one.userId !== userId && isActive(one) && heirs.includes(one.role))
  const [best] = others.sort(byStrength)
  return best
}

/** One attempt; false when something was changed since it was looked at. */
const leave = async (
  { workspaceId, userId }: Member,
  workspaces: Workspaces,
  at: string,
): Promise<boolean> => {
  const [member, workspace] = await Promise.all([
    workspaces.memberInAnyState(workspaceId, userId),
    workspaces.workspace(workspaceId),
  ])
  if (member === undefined) return true
  const remove = async (leaver: Member, move?: OwnersMove): Promise<boolean> =>
    (await workspaces.removeMember(leaver, departureOf(member, { by: userId, at }), move)).won
  if (!isActiveOwner(member) || workspace === undefined) return remove(member)
  // A workspace keeps an owner as long as it has members who can be one.
  const heir = workspace.owners < 2 ? await heirOf(member, workspaces) : undefined
  if (heir === undefined) return remove(member, { workspace, owners: workspace.owners - 1 })
  const { former, next } = handedOver(member, heir)
  return (await workspaces.transferOwnership(next, former)).won && remove(former)
}

/**
 * Takes somebody out of every workspace. Ownerships are given up before, where a last owner is refused; whoever was
 * made one in that very moment hands the workspace on.
 */
export const leaveAll = async (userId: string, workspaces: Workspaces, at: string): Promise<void> => {
  for (const member of await membershipsOf(userId, workspaces)) {
    let hasLeft = false
    for (let attempt = 0; attempt < attempts && !hasLeft; attempt++) {
      hasLeft = await leave(member, workspaces, at)
    }
    if (!hasLeft) throw new Error('a membership stayed contested')
  }
}
