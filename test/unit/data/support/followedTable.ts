import { storesOf } from '../../../../shared/data/stores/all.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { digestStore } from '../../../../shared/data/stores/digests.ts'
import { groupStore } from '../../../../shared/data/stores/groups.ts'
import { preferencesStore } from '../../../../shared/data/stores/preferences.ts'
import { decodeTask } from '../../../../shared/data/stores/tasks.ts'
import { upkeepStore } from '../../../../shared/data/stores/upkeep.ts'
import type { Item, Table } from '../../../../shared/data/tablePort.ts'
import { consume } from '../../../../shared/domain/pipeline/consume.ts'
import type { Record, TaskChange } from '../../../../shared/domain/pipeline/record.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { memoryTable } from './memoryTable.ts'

/** A random number below `count`. */
export type Draw = (count: number) => number

const first: Draw = () => 0

/**
 * The table in memory with its stream of tasks. Records of one task keep their order, those of different tasks come in
 * any: DynamoDB promises no more. `table` may be used through another one, which delays its calls, say.
 */
export const followedTable = (through: (table: Table) => Table = (table) => table) => {
  const { table: memory, items } = memoryTable()
  const waiting: TaskChange[] = []
  const tasksNow = () => new Map([...items].filter(([, { itemType }]) => itemType === 'task'))
  /** Writes happen before the first turn of the event loop: nothing else can come in between. */
  const noted = <Result>(write: () => Promise<Result>): Promise<Result> => {
    const before = tasksNow()
    const result = write()
    const after = tasksNow()
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(name), after.get(name)]
      if (old === now) continue
      waiting.push({ before: old && decodeTask(old), after: now && decodeTask(now) })
    }
    return result
  }
  const table = through({
    ...memory,
    put: (...given) => noted(() => memory.put(...given)),
    update: (...given) => noted(() => memory.update(...given)),
    delete: (...given) => noted(() => memory.delete(...given)),
    transact: (...given) => noted(() => memory.transact(...given)),
  })
  const stores = storesOf(table)
  const world = {
    derived: derivedStore(table),
    stores,
    groups: groupStore(table),
    digests: digestStore(table),
    preferences: preferencesStore(table),
    upkeeps: upkeepStore(table),
    queue: { send: async () => undefined },
    jobs: { send: async () => undefined },
    webhooks: { send: async () => undefined },
    objects: { remove: async () => undefined },
  }

  const idOf = ({ before, after }: TaskChange): string => String((after ?? before)?.id)
  const recordOf = (change: TaskChange): Record => ({ kind: 'task', ...change })
  /** Delivers the next record of some task; again and again the same one when a delivery is to be repeated. */
  const deliver = async (draw: Draw = first, times = 1): Promise<void> => {
    const ids = [...new Set(waiting.map(idOf))]
    const id = ids[draw(ids.length)]
    const index = waiting.findIndex((change) => idOf(change) === id)
    const [change] = index < 0 ? [] : waiting.splice(index, 1)
    if (change === undefined) return
    for (let n = 0; n < times; n++) await consume([recordOf(change)], world)
  }
  /** Delivers until nothing is left. */
  const drain = async (draw: Draw = first): Promise<void> => {
    for (let turns = 0; waiting.length > 0; turns++) {
      if (turns > 10_000) throw new Error('the stream never comes to rest')
      await deliver(draw)
    }
  }
  const tasks = (): Task[] => [...tasksNow().values()].map(decodeTask)
  const itemsOf = (itemType: string): Item[] => [...items.values()].filter((one) => one.itemType === itemType)
  return { table, stores, world, waiting, deliver, drain, tasks, itemsOf }
}
