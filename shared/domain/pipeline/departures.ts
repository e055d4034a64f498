import type { Groups } from '../groups/ports.ts'
import { pagesOf } from '../pages.ts'
import type { AllStores } from '../ports.ts'
import { revise } from '../tasks/edit.ts'
import type { Task } from '../tasks/task.ts'
import { ended, runs } from '../tasks/timeEntries.ts'
import type { Timer } from '../tasks/timer.ts'
import { isActive, type Member, mayInvite, revoked } from '../workspaces/workspace.ts'
import type { Derived } from './derived.ts'
import { leaveGroups } from './groupMoves.ts'
import type { MemberChange } from './record.ts'

const pageSize = 100

interface World {
  readonly stores: Pick<AllStores, 'tasks' | 'workspaces'>
  readonly groups: Groups
  readonly derived: Pick<Derived, 'runningTimer' | 'freeTimer'>
}

/** The task without the timer; the very same object when that has ended, or was started after the person left. */
const withoutTimer = (task: Task, { timeEntryId, userId }: Timer, by: string): Task => {
  const entry = task.timeEntries[timeEntryId]
  if (entry === undefined || !runs(entry) || entry.startedAt > by) return task
  const now = by < task.updatedAt ? task.updatedAt : by
  const timeEntries = { ...task.timeEntries, [timeEntryId]: ended(entry, by) }
  return revise(task, { timeEntries }, { userId, now, zone: 'UTC' })
}

/** Ends the timer of somebody who has gone. The record of the task that this makes sets the slot free. */
const endTimer = async ({ workspaceId, userId }: Member, by: string, world: World): Promise<void> => {
  const { tasks } = world.stores
  for (;;) {
    const timer = await world.derived.runningTimer(workspaceId, userId)
    const task = timer && (await tasks.task(workspaceId, timer.taskId))
    if (timer === undefined || task === undefined) return
    const next = withoutTimer(task, timer, by)
    if (next === task || (await tasks.replace(next)).won) return
  }
}

/** Invitations fall with the right of whoever made them; those made since, under a new right, stand. */
const dropInvitations = async (
  { workspaceId, userId }: Member,
  by: string,
  { stores: { workspaces } }: World,
): Promise<void> => {
  const page = (after?: string) => workspaces.invitations(workspaceId, pageSize, after)
  for await (const items of pagesOf(page, ({ id }) => id)) {
    const fallen = items.filter(
      ({ invitedBy, acceptedAt, revokedAt, createdAt }) =>
        invitedBy === userId && acceptedAt === null && revokedAt === undefined && createdAt <= by,
    )
    // What was accepted meanwhile stands.
    await Promise.all(fallen.map((one) => workspaces.revoke(revoked(one, null, by))))
  }
}

/** What follows when somebody is suspended or removed, or may invite nobody any more. */
export const followDeparture = async ({ before, after, by }: MemberChange, world: World): Promise<void> => {
  if (before === undefined) return
  const isGone = after === undefined || !isActive(after)
  // Who is suspended stays in their groups, and is passed over there.
  if (after === undefined) await leaveGroups(before, by, world)
  if (isActive(before) && isGone) await endTimer(before, by, world)
  if (mayInvite(before) && !mayInvite(after)) await dropInvitations(before, by, world)
}
