import type { DueUpkeeps, Upkeep, Upkeeps, UpkeepTask } from '../../domain/upkeep/upkeep.ts'
import { after, codec, written } from '../codec.ts'
import { type Timed, timeShards, upkeepKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { dueItems, timedAttributes } from './timed.ts'

/** Each in partitions of its own: what is due for one is not read for the other. */
const sorts: Record<UpkeepTask, Timed> = { cleanUp: 'UPK', reconcileStatistics: 'REC' }

const upkeeps = codec<Upkeep>(
  'upkeep',
  ({ workspaceId, task }) => upkeepKey(workspaceId, task),
  ({ workspaceId, task, at }) => timedAttributes(sorts[task], at, workspaceId),
)

export const upkeepStore = (table: Table): Upkeeps => ({
  begin: async (upkeep) => {
    await table.put(upkeeps.encode(upkeep), { absent: true })
  },
})

export const dueUpkeepStore = (table: Table, task: UpkeepTask): DueUpkeeps => ({
  shards: timeShards(sorts[task]),
  due: async (shard, now, behind) => {
    const { items, next } = await dueItems(table, shard, now, behind)
    return { items: items.map(upkeeps.decode), next }
  },
  replace: (upkeep) => written(table.put(upkeeps.encode(upkeep), after(upkeep)), upkeeps.decode),
})
