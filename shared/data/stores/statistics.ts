import type { Consequences, Tally } from '../../domain/pipeline/consequences.ts'
import * as keys from '../keys.ts'
import type { Write } from '../tablePort.ts'
import { counterOf } from './history.ts'

type Group = 'status' | 'priority'

const addTally = (into: Record<string, number>, { total, status, priority }: Tally): void => {
  const add = (name: string, amount: number) => {
    into[name] = (into[name] ?? 0) + amount
  }
  add('total', total)
  const groups: [Group, Readonly<Record<string, number>>][] = [
    ['status', status],
    ['priority', priority],
  ]
  for (const [group, counts] of groups) {
    for (const [name, amount] of Object.entries(counts)) add(counterOf(group, name), amount)
  }
}

/** One update for the workspace and one for each project; counters that stay as they are make none. */
export const statisticsWrites = (workspaceId: string, all: readonly Consequences[]): Write[] => {
  const tallies = new Map<string, { key: keys.Key; add: Record<string, number> }>()
  for (const { projectId, tally } of all) {
    for (const key of [keys.statisticsKey(workspaceId), keys.statisticsKey(workspaceId, projectId)]) {
      const entry = tallies.get(key.SK) ?? { key, add: {} }
      addTally(entry.add, tally)
      tallies.set(key.SK, entry)
    }
  }
  return [...tallies.values()].flatMap(({ key, add }) => {
    const moved = Object.entries(add).filter(([, amount]) => amount !== 0)
    return moved.length === 0
      ? []
      : [{ update: key, change: { set: { itemType: 'statistics' }, add: Object.fromEntries(moved) } }]
  })
}
