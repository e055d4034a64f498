import type { Digests } from '../../../../shared/domain/digests/ports.ts'

/** Nobody has a digest, and nobody gets one. */
export const noDigests: Digests = {
  plan: async () => undefined,
  choice: async () => ({ daily: false, weekly: false, hour: 8 }),
  add: async () => ({ won: true }),
  replace: async () => ({ won: true }),
  drop: async () => ({ won: true }),
}
