import { commentRecordStore } from '../data/stores/commentHistory.ts'
import { world as ofTasks } from './http.ts'
import { table } from './table.ts'

/** What the routes of a task's history work with. */
export const world = { ...ofTasks, commentRecords: commentRecordStore(table) }
