import { storesOf } from '../data/stores/all.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes work with: the stores, and the settings of the kernel. */
export const world = { settings, tokens: tokenStore(table), ...storesOf(table) }
