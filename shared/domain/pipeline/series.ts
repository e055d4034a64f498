import type { Tasks } from '../ports.ts'
import { trash } from '../tasks/edit.ts'
import { successorOf } from '../tasks/successor.ts'
import type { TaskChange } from './consume.ts'

const projectKeyOf = (key: string): string => key.slice(0, key.lastIndexOf('-'))

/** Takes back an occurrence that nobody has touched, after its predecessor's completion was undone. */
const withdraw = async (workspaceId: string, id: string, now: string, userId: string, tasks: Tasks) => {
  for (;;) {
    const task = await tasks.task(workspaceId, id)
    if (task === undefined || task.version > 1) return
    const cause = { kind: 'cascade', taskId: id } as const
    if ((await tasks.replace(trash(task, { userId, now, zone: 'UTC', cause }))).won) return
  }
}

/**
 * Makes the next occurrence that a completion has named, or takes back the one that an undo has unnamed. Making it
 * again meets the one that is there.
 */
export const followSeries = async ({ before, after }: TaskChange, tasks: Tasks): Promise<void> => {
  if (before === undefined || after === undefined || before.successorId === after.successorId) return
  const { workspaceId, projectId, key, updatedAt, updatedBy } = after
  if (before.successorId !== null) {
    await withdraw(workspaceId, before.successorId, updatedAt, updatedBy, tasks)
  }
  if (after.successorId !== null) {
    const number = (await tasks.lastNumber(workspaceId, projectId)) + 1
    await tasks.add(successorOf(after, projectKeyOf(key), number))
  }
}
