import { storesOf } from '../shared/data/stores/all.ts'
import { derivedStore } from '../shared/data/stores/derived.ts'
import { digestStore } from '../shared/data/stores/digests.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { preferencesStore } from '../shared/data/stores/preferences.ts'
import { upkeepStore } from '../shared/data/stores/upkeep.ts'
import { onStream } from '../shared/events/onStream.ts'
import { objects } from '../shared/world/objectStore.ts'
import { jobs, notifications, webhookQueue } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

export const handler = onStream({
  derived: derivedStore(table),
  stores: storesOf(table),
  groups: groupStore(table),
  digests: digestStore(table),
  preferences: preferencesStore(table),
  upkeeps: upkeepStore(table),
  queue: notifications(),
  jobs: jobs(),
  webhooks: webhookQueue(),
  objects: objects(),
})
