import { priorities, statuses } from '../../api/schemas/task.ts'
import type { Event, Records } from '../../domain/ports.ts'
import { codec } from '../codec.ts'
import { historyKey, historyPk, rollupKey, statisticsKey } from '../keys.ts'
import { sliceOf } from '../slice.ts'
import type { Table } from '../tablePort.ts'

export const historyCodec = codec<Event>('event', ({ workspaceId, taskId, taskVersion }) =>
  historyKey(workspaceId, taskId, taskVersion),
)

const lastVersion = 9_999_999_999

/** Attribute of a statistics item that counts one status or priority. */
export const counterOf = (group: 'status' | 'priority', name: string): string => `${group}_${name}`

const count = (item: Record<string, unknown> | undefined, attribute: string) => Number(item?.[attribute] ?? 0)
const counts = <K extends string>(
  item: Record<string, unknown> | undefined,
  group: 'status' | 'priority',
  names: readonly K[],
) => Object.fromEntries(names.map((name) => [name, count(item, counterOf(group, name))])) as Record<K, number>

export const recordStore = (table: Table): Records => ({
  history: async (workspaceId, taskId, limit, before) => {
    const range = {
      pk: historyPk(workspaceId, taskId),
      from: historyKey(workspaceId, taskId, 0).SK,
      to: historyKey(workspaceId, taskId, before === undefined ? lastVersion : before - 1).SK,
      descending: true,
      limit,
    }
    return sliceOf(table, range, historyCodec.decode)
  },
  event: async (workspaceId, taskId, version) => {
    const item = await table.get(historyKey(workspaceId, taskId, version))
    return item && historyCodec.decode(item)
  },
  changesFrom: async (workspaceId, taskId, version) => {
    const events: Event[] = []
    for (let from = version; ; ) {
      const { items, more } = await table.query({
        pk: historyPk(workspaceId, taskId),
        from: historyKey(workspaceId, taskId, from).SK,
        to: historyKey(workspaceId, taskId, lastVersion).SK,
        limit: 1000,
      })
      events.push(...items.map(historyCodec.decode))
      if (!more) return events
      from = (events.at(-1)?.taskVersion ?? from) + 1
    }
  },
  rollup: async (workspaceId, taskId) => {
    const item = await table.get(rollupKey(workspaceId, taskId))
    return {
      subtasks: count(item, 'subtasks'),
      done: count(item, 'done'),
      estimateMinutes: count(item, 'estimateMinutes'),
      spentMinutes: count(item, 'spentMinutes'),
    }
  },
  /** Counters of a workspace, or of one project. */
  statistics: async (workspaceId, projectId) => {
    const item = await table.get(statisticsKey(workspaceId, projectId))
    return {
      total: count(item, 'total'),
      byStatus: counts(item, 'status', statuses),
      byPriority: counts(item, 'priority', priorities),
    }
  },
})
