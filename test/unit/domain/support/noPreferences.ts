import type { LeftPreferences } from '../../../../shared/domain/notices/preferences.ts'

/** Nobody has chosen anything. */
export const noPreferences: LeftPreferences = {
  preferences: async () => undefined,
  drop: async () => ({ won: true }),
}
