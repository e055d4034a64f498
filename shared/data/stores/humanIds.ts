import type { Task } from '../../domain/tasks/task.ts'
import { humanIdKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { recordStore } from './history.ts'

/** Human ids that a task had before it moved to another project; they find it as well. */
const earlierKeys = async (table: Table, { workspaceId, id, fieldVersions }: Task): Promise<string[]> => {
  if (fieldVersions.key === undefined) return []
  const events = await recordStore(table).changesFrom(workspaceId, id, 1)
  const changes = events.flatMap(({ changes }) => changes)
  return changes.flatMap(({ field, from }) => (field === 'key' ? String(from) : []))
}

/** Lets no human id find a task any more. The numbers stay claimed: none is given out twice. */
export const forgetKeys = async (table: Table, task: Task): Promise<void> => {
  const all = new Set([task.key, ...(await earlierKeys(table, task))])
  const condition = { equals: { taskId: task.id } }
  await Promise.all([...all].map((key) => table.delete(humanIdKey(task.workspaceId, key), condition)))
}
