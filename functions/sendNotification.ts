import { storesOf } from '../shared/data/stores/all.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { ledgerStore } from '../shared/data/stores/ledger.ts'
import { preferencesStore } from '../shared/data/stores/preferences.ts'
import { waitingStore } from '../shared/data/stores/waiting.ts'
import { onNotices } from '../shared/events/onNotices.ts'
import { mails } from '../shared/world/queue.ts'
import { table } from '../shared/world/table.ts'

const ledger = ledgerStore(table)

export const handler = onNotices({
  facts: {
    ...storesOf(table),
    groups: groupStore(table),
    preferences: preferencesStore(table),
    inbox: ledger,
  },
  ledger,
  waiting: waitingStore(table),
  mails: mails(),
  now: () => new Date().toISOString(),
})
