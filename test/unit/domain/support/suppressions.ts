import type { Suppression, Suppressions } from '../../../../shared/domain/mail/suppression.ts'

/** Suppressions in memory, conditional as the table is. */
export const memorySuppressions = () => {
  const all = new Map<string, Suppression>()
  const suppressions: Suppressions = {
    suppression: async (address) => all.get(address),
    write: async (address, next, seen) => {
      const present = all.get(address)
      if (present?.version !== seen?.version) return { won: false, present }
      all.set(address, next)
      return { won: true }
    },
  }
  return { suppressions, all }
}
