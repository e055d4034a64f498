import { randomUUID } from 'node:crypto'
import { storesOf } from '../data/stores/all.ts'
import { deletionStore } from '../data/stores/deletions.ts'
import { exportStore } from '../data/stores/exports.ts'
import { groupStore } from '../data/stores/groups.ts'
import { jobStore } from '../data/stores/jobs.ts'
import { ledgerStore } from '../data/stores/ledger.ts'
import { preferencesStore } from '../data/stores/preferences.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { waitingStore } from '../data/stores/waiting.ts'
import { accounts } from './accounts.ts'
import { mailer } from './mailer.ts'
import { parts } from './objectStore.ts'
import { jobs } from './queue.ts'
import { table } from './table.ts'

const stores = storesOf(table)
const queue = jobs()
const now = () => new Date().toISOString()

const facts = {
  ...stores,
  groups: groupStore(table),
  preferences: preferencesStore(table),
  inbox: ledgerStore(table),
}

/** What the worker of the jobs queue works with: many tasks at once, and people's own data. */
export const world = {
  ...stores,
  jobs: jobStore(table),
  queue,
  now,
  account: {
    ...stores,
    deletions: deletionStore(table),
    accounts: accounts(),
    exports: exportStore(table),
    tokens: tokenStore(table),
    parts: parts(),
    mail: {
      facts,
      ledger: ledgerStore(table),
      waiting: waitingStore(table),
      mailer: mailer(),
      now,
      newClaim: randomUUID,
    },
    queue,
    now,
  },
}
