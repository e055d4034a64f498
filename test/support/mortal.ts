import type { Table } from '../../shared/data/tablePort.ts'
import { Crash } from './crashing.ts'

/**
 * A process that can die at any of its effects, before it happens or after it happened and before anybody knows.
 * Unlike a fuse (`crashing.ts`) it stays dead: whatever of it is still under way does nothing more.
 */
export const mortal = () => {
  const names: string[] = []
  let dieAt: number | undefined
  let isDead = false
  let underWay = 0

  const step = (name: string): void => {
    names.push(name)
    if (names.length === dieAt) isDead = true
    if (isDead) throw new Crash(name)
  }
  const effect =
    <Args extends unknown[], Result>(name: string, run: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      step(`before ${name}`)
      underWay += 1
      try {
        return await run(...args)
      } finally {
        underWay -= 1
        step(`after ${name}`)
      }
    }
  return {
    names,
    effect,
    /** A table whose writes the process may not survive. */
    over: (table: Table): Table => ({
      ...table,
      put: effect('put', table.put),
      update: effect('update', table.update),
      transact: effect('transact', table.transact),
    }),
    /** The same, and its deletions. */
    overAll: (table: Table): Table => ({
      ...table,
      put: effect('put', table.put),
      update: effect('update', table.update),
      delete: effect('delete', table.delete),
      transact: effect('transact', table.transact),
    }),
    /** Another process takes its place, once what was on the wire has arrived; it dies at that step of its own. */
    revive: async (at?: number): Promise<void> => {
      while (underWay > 0) await new Promise((resolve) => setImmediate(resolve))
      names.length = 0
      dieAt = at
      isDead = false
    },
  }
}
