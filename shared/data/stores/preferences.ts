import type { LeftPreferences, Preferences, PreferencesStore } from '../../domain/notices/preferences.ts'
import { after, codec, written } from '../codec.ts'
import { preferencesKey } from '../keys.ts'
import type { Table } from '../tablePort.ts'

export const preferencesCodec = codec<Preferences>('preferences', ({ workspaceId, userId }) =>
  preferencesKey(workspaceId, userId),
)

export const preferencesStore = (table: Table): PreferencesStore & LeftPreferences => ({
  preferences: async (workspaceId, userId) => {
    const item = await table.get(preferencesKey(workspaceId, userId))
    return item && preferencesCodec.decode(item)
  },
  write: (next) => written(table.put(preferencesCodec.encode(next), after(next)), preferencesCodec.decode),
  drop: ({ workspaceId, userId, version, updatedAt }) =>
    written(
      table.delete(preferencesKey(workspaceId, userId), { equals: { version, updatedAt } }),
      preferencesCodec.decode,
    ),
})
