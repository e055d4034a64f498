import type { Task } from '../../domain/tasks/task.ts'
import { humanIdKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { recordStore } from './history.ts'

/** Lines of the history read at once: it may be longer than what fits into memory. */
const linesRead = 100

/** Human ids that a task had before it moved to another project; they find it as well. */
const earlierKeys = async (table: Table, { workspaceId, id, fieldVersions }: Task): Promise<string[]> => {
  const keys: string[] = []
  // None of its moves is later than the last.
  let before = fieldVersions.key === undefined ? undefined : fieldVersions.key + 1
  while (before !== undefined) {
    const { items, more } = await recordStore(table).history(workspaceId, id, linesRead, before)
    const changes = items.flatMap(({ changes }) => changes)
    keys.push(...changes.flatMap(({ field, from }) => (field === 'key' ? String(from) : [])))
    before = more ? items.at(-1)?.taskVersion : undefined
  }
  return keys
}

/** Lets no human id find a task any more. The numbers stay claimed: none is given out twice. */
export const forgetKeys = async (table: Table, task: Task): Promise<void> => {
  const all = new Set([task.key, ...(await earlierKeys(table, task))])
  const condition = { equals: { taskId: task.id } }
  await Promise.all([...all].map((key) => table.delete(humanIdKey(task.workspaceId, key), condition)))
}
