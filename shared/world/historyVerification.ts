import { logStore } from '../data/stores/log.ts'
import { world as ofHistory } from './history.ts'
import { table } from './table.ts'

/** What compares the history of a task with the log works with. */
export const world = { ...ofHistory, log: logStore(table) }
