import { randomUUID } from 'node:crypto'
import { storesOf } from '../shared/data/stores/all.ts'
import { groupStore } from '../shared/data/stores/groups.ts'
import { ledgerStore } from '../shared/data/stores/ledger.ts'
import { preferencesStore } from '../shared/data/stores/preferences.ts'
import { waitingStore } from '../shared/data/stores/waiting.ts'
import { onMails } from '../shared/events/onMails.ts'
import { mailer } from '../shared/world/mailer.ts'
import { table } from '../shared/world/table.ts'

const ledger = ledgerStore(table)

export const handler = onMails({
  facts: {
    ...storesOf(table),
    groups: groupStore(table),
    preferences: preferencesStore(table),
    inbox: ledger,
  },
  ledger,
  waiting: waitingStore(table),
  mailer: mailer(),
  now: () => new Date().toISOString(),
  newClaim: randomUUID,
})
