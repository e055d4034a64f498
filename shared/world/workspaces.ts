import { storesOf } from '../data/stores/all.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of workspaces, their members and invitations work with. */
export const world = { settings, tokens: tokenStore(table), ...storesOf(table) }
