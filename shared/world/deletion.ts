import { deletionStore } from '../data/stores/deletions.ts'
import { world as account } from './mfa.ts'
import { table } from './table.ts'

/** What the deletion of an account works with. */
export const world = { ...account, deletions: deletionStore(table) }
