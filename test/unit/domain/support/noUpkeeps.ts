import type { Upkeeps } from '../../../../shared/domain/upkeep/upkeep.ts'

/** Nothing is to be done for any workspace. */
export const noUpkeeps: Upkeeps = { begin: async () => undefined }
