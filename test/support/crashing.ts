import type { Table } from '../../shared/data/tablePort.ts'

/** The process dies: nothing of the code under test may catch this and carry on. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** Counts the effects of a run and kills it before or after one of them. */
export interface Fuse {
  /** Steps seen in this run; two for each effect: before it happens, and after it happened but before anybody knows. */
  steps: number
  /** The step to die at; `undefined` counts only. */
  at: number | undefined
  readonly names: string[]
}

export const newFuse = (at?: number): Fuse => ({ steps: 0, at, names: [] })

const step = (fuse: Fuse, name: string): void => {
  fuse.names.push(name)
  fuse.steps += 1
  if (fuse.at === fuse.steps) throw new Crash(`at ${fuse.steps}: ${name}`)
}

/** An effect that may be cut off: never begun, or done without the caller ever learning of it. */
export const guarded =
  <Args extends unknown[], Result>(
    name: string,
    fuse: () => Fuse,
    effect: (...args: Args) => Promise<Result>,
  ) =>
  async (...args: Args): Promise<Result> => {
    step(fuse(), `before ${name}`)
    const result = await effect(...args)
    step(fuse(), `after ${name}`)
    return result
  }

/** A table whose writes may be cut off. */
export const crashingTable = (table: Table, fuse: () => Fuse): Table => ({
  get: table.get,
  query: table.query,
  put: guarded('put', fuse, table.put),
  update: guarded('update', fuse, table.update),
  delete: guarded('delete', fuse, table.delete),
  transact: guarded('transact', fuse, table.transact),
})
