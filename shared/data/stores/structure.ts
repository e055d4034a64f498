import type { Structure } from '../../domain/ports.ts'
import { transacted } from '../codec.ts'
import { structureKey } from '../keys.ts'
import type { Condition, Item, Table, Write } from '../tablePort.ts'
import { decodeTask, encodeTask } from './tasks.ts'

const itemType = 'structure'

export const structureStore = (table: Table): Structure => ({
  version: async (workspaceId) => Number((await table.get(structureKey(workspaceId)))?.version ?? 0),
  write: async (workspaceId, version, tasks) => {
    const key = structureKey(workspaceId)
    const seen: Condition = version === 0 ? { absent: true } : { equals: { version } }
    const writes: Write[] = [
      { put: { ...key, itemType, version: version + 1 } as Item, condition: seen },
      ...tasks.map((task) => ({
        put: encodeTask(task),
        condition: { equals: { revision: task.revision - 1 } } as const,
      })),
    ]
    return (await transacted(() => table.transact(writes), decodeTask, 1)).won
  },
})
