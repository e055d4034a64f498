import type { Structure } from '../../domain/ports.ts'
import { structureKey } from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import type { Condition, Item, Table, Write } from '../tablePort.ts'
import { encodeTask } from './tasks.ts'

const itemType = 'structure'
/** Attempts that a wait counts as: up to 20 ms. */
const patience = 3

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
    const { won } = await table.transact(writes)
    // Whoever lost reads again; not all at the same moment.
    if (!won) await beforeAttempt(patience)
    return won
  },
})
