import { deliveryStore } from '../data/stores/deliveries.ts'
import { logStore } from '../data/stores/log.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { projectStore } from '../data/stores/projects.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { webhookStore } from '../data/stores/webhooks.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { webhookSecretsWith } from '../http/webhookSecrets.ts'
import { targets } from './egress/targets.ts'
import { cursorKey } from './environment.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of webhooks and of their deliveries work with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  projects: projectStore(table),
  webhooks: webhookStore(table),
  deliveries: deliveryStore(table),
  log: logStore(table),
  secrets: webhookSecretsWith(cursorKey()),
  targets: targets(),
}
