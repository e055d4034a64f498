import type { Budget } from '../../../shared/api/declaration.ts'
import type { Cost } from '../meter.ts'

/** What is counted is known beforehand; units follow the size of what people write, hence some room. */
const isFair = (declared: number, measured: number): boolean =>
  measured <= declared && declared <= 2 * measured + 2

/** One sentence for each figure in which a budget and a measurement do not agree. */
export const deviations = (declared: Budget, measured: Cost): string[] => {
  const counts = (['depth', 'calls'] as const)
    .filter((figure) => declared[figure] !== measured[figure])
    .map((figure) => `${figure} is ${measured[figure]}, declared ${declared[figure]}`)
  const units = (['readUnits', 'writeUnits'] as const)
    .filter((figure) => !isFair(declared[figure], measured[figure]))
    .map((figure) => `${figure} are ${measured[figure]}, declared ${declared[figure]}`)
  const failures = measured.failed === 0 ? [] : [`${measured.failed} operations failed`]
  return [...counts, ...units, ...failures]
}
