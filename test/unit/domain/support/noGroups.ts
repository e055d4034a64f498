import type { Groups } from '../../../../shared/domain/groups/ports.ts'

/** A workspace without groups. */
export const noGroups = { places: async () => ({ items: [], more: false }) } as unknown as Groups
