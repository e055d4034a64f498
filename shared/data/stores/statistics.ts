import type { Consequences } from '../../domain/pipeline/consequences.ts'
import { type Rollup, rollupFields, type Tally } from '../../domain/pipeline/tallies.ts'
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

type Sums = Map<string, { readonly key: keys.Key; readonly add: Record<string, number> }>

const sumOf = (sums: Sums, key: keys.Key): Record<string, number> => {
  const name = `${key.PK} ${key.SK}`
  const sum = sums.get(name) ?? { key, add: {} }
  sums.set(name, sum)
  return sum.add
}

const addRollup = (into: Record<string, number>, rollup: Rollup): void => {
  for (const field of rollupFields) into[field] = (into[field] ?? 0) + rollup[field]
}

/**
 * One update for the workspace, one for each project and one for each task above those that changed; counters that
 * stay as they are make none.
 */
export const statisticsWrites = (workspaceId: string, all: readonly Consequences[]): Write[] => {
  const counters: Sums = new Map()
  const rollups: Sums = new Map()
  for (const { tallies, rollups: above } of all) {
    addTally(sumOf(counters, keys.statisticsKey(workspaceId)), tallies.workspace)
    for (const [id, tally] of tallies.projects)
      addTally(sumOf(counters, keys.statisticsKey(workspaceId, id)), tally)
    for (const [id, rollup] of above) addRollup(sumOf(rollups, keys.rollupKey(workspaceId, id)), rollup)
  }
  return [...updates(counters, 'statistics'), ...updates(rollups, 'rollup')]
}

const updates = (sums: Sums, itemType: string): Write[] =>
  [...sums.values()].flatMap(({ key, add }) => {
    const moved = Object.entries(add).filter(([, amount]) => amount !== 0)
    if (moved.length === 0) return []
    return [{ update: key, change: { set: { itemType }, add: Object.fromEntries(moved) } }]
  })
