import { auditStore } from '../data/stores/audit.ts'
import { logStore } from '../data/stores/log.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of the audit log work with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  audit: auditStore(table),
  log: logStore(table),
}
