import type { Preferences, PreferencesStore } from '../../domain/notices/preferences.ts'
import { after, codec, written } from '../codec.ts'
import { preferencesKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

const preferences = codec<Preferences>('preferences', ({ workspaceId, userId }) =>
  preferencesKey(workspaceId, userId),
)

export const preferencesStore = (table: Table): PreferencesStore => ({
  preferences: async (workspaceId, userId) => {
    const item = await table.get(preferencesKey(workspaceId, userId))
    return item && preferences.decode(item)
  },
  write: (next) => written(table.put(preferences.encode(next), after(next)), preferences.decode),
})
