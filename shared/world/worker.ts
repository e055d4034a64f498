import { randomUUID } from 'node:crypto'
import { storesOf } from '../data/stores/all.ts'
import { deletionStore } from '../data/stores/deletions.ts'
import { exportStore } from '../data/stores/exports.ts'
import { jobStore } from '../data/stores/jobs.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { accounts } from './accounts.ts'
import { mailer } from './mailer.ts'
import { notices } from './notices.ts'
import { parts } from './objectStore.ts'
import { jobs } from './queue.ts'
import { table } from './table.ts'

const stores = storesOf(table)
const queue = jobs()
const { now } = notices

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
    mail: { ...notices, mailer: mailer(), newClaim: randomUUID },
    queue,
    now,
  },
}
