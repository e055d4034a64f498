import type { DigestPlan } from '../../domain/digests/plan.ts'
import type { Digests, DueDigests } from '../../domain/digests/ports.ts'
import { effectiveOf } from '../../domain/notices/preferences.ts'
import { codec, written } from '../codec.ts'
import { digestKey, timeShards } from '../keys.ts'
import type { Table } from '../tablePort.ts'
import { preferencesStore } from './preferences.ts'
import { dueItems, timedAttributes } from './timed.ts'

const plans = codec<DigestPlan>(
  'digest',
  ({ workspaceId, userId }) => digestKey(workspaceId, userId),
  ({ workspaceId, userId, at }) =>
    at === null ? {} : timedAttributes('DIG', at, `${workspaceId}#${userId}`),
)

const seen = (version: number) => ({ equals: { version } })

const replacing = (table: Pick<Table, 'put'>): Pick<Digests, 'replace'> => ({
  replace: (plan) => written(table.put(plans.encode(plan), seen(plan.version - 1)), plans.decode),
})

export const digestStore = (table: Table): Digests => ({
  plan: async (workspaceId, userId) => {
    const item = await table.get(digestKey(workspaceId, userId))
    return item && plans.decode(item)
  },
  choice: async (workspaceId, userId) => {
    const chosen = await preferencesStore(table).preferences(workspaceId, userId)
    return effectiveOf(chosen?.own).digest
  },
  add: (plan) => written(table.put(plans.encode(plan), { absent: true }), plans.decode),
  ...replacing(table),
  drop: ({ workspaceId, userId, version }) =>
    written(table.delete(digestKey(workspaceId, userId), seen(version)), plans.decode),
})

export const dueDigestStore = (table: Table): DueDigests => ({
  shards: timeShards('DIG'),
  due: async (shard, now, after) => {
    const { items, next } = await dueItems(table, shard, now, after)
    return { items: items.map(plans.decode), next }
  },
  ...replacing(table),
})
