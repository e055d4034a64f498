import { auditStore } from '../data/stores/audit.ts'
import { peopleStore } from '../data/stores/people.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of the audit log work with. */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  tokens: tokenStore(table),
  audit: auditStore(table),
}
