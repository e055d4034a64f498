import { exportStore } from '../data/stores/exports.ts'
import { world as jobs } from './jobs.ts'
import { table } from './table.ts'

const { settings, people, workspaces, tokens } = jobs

/** What the routes of exports work with. */
export const world = { settings, people, workspaces, tokens, exports: exportStore(table) }
