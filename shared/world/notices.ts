import { storesOf } from '../data/stores/all.ts'
import { groupStore } from '../data/stores/groups.ts'
import { ledgerStore } from '../data/stores/ledger.ts'
import { preferencesStore } from '../data/stores/preferences.ts'
import { waitingStore } from '../data/stores/waiting.ts'
import { table } from './table.ts'

const ledger = ledgerStore(table)

/** What notices are judged by, and where they stand. */
export const notices = {
  facts: {
    ...storesOf(table),
    groups: groupStore(table),
    preferences: preferencesStore(table),
    inbox: ledger,
  },
  ledger,
  waiting: waitingStore(table),
  now: () => new Date().toISOString(),
}
