import { fallback, routes } from '../../shared/api/routes.ts'
import type { ColdRow } from './cold.ts'

/** Limits of a function behind the API; what consumes a queue or the stream lets nobody wait. */
export const httpBudget = { bytes: 260_000, coldRatio: 0.6 } as const

const httpNames = new Set([...routes.map(({ name }) => name), fallback.name])

/** One sentence for each HTTP function and limit that does not hold. */
export function overBudget(rows: readonly ColdRow[]): string[] {
  return rows
    .filter(({ name }) => httpNames.has(name))
    .flatMap(({ name, bytes, coldRatio }) => [
      ...(bytes > httpBudget.bytes ? [`${name} has ${bytes} bytes, more than ${httpBudget.bytes}`] : []),
      // Written this way round, a ratio that is not a number does not pass.
      ...(coldRatio <= httpBudget.coldRatio
        ? []
        : [`${name} starts at ${coldRatio.toFixed(2)} of the bare SDK, more than ${httpBudget.coldRatio}`]),
    ])
}
