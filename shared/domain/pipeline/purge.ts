import type { Tasks } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import { eachChild } from './family.ts'
import type { TaskChange } from './record.ts'

/** Lets a subtask that lies in the trash go the way of the one above it. */
const goAlong = async (childId: string, { workspaceId, purge }: Task, tasks: Tasks): Promise<void> => {
  for (;;) {
    const child = await tasks.task(workspaceId, childId)
    if (child === undefined || child.purge !== null || child.trashedAt === null) return
    if ((await tasks.replace({ ...child, purge, revision: child.revision + 1 })).won) return
  }
}

/**
 * Drops what somebody has purged, once all below it is on its way out as well. What is gone, also by the end of its
 * time in the trash, is found by no human id.
 */
export const followPurge = async ({ before, after }: TaskChange, tasks: Tasks): Promise<void> => {
  if (after === undefined && before !== undefined) await tasks.forgetKeys(before)
  if (after === undefined || after.purge === null) return
  await eachChild(after, tasks, (id) => goAlong(id, after, tasks))
  await tasks.drop(after)
}
