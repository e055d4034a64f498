import { ledgerStore } from '../data/stores/ledger.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { preferencesStore } from '../data/stores/preferences.ts'
import { projectStore } from '../data/stores/projects.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of people's notices work with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  projects: projectStore(table),
  tasks: taskStore(table),
  inbox: ledgerStore(table),
  preferences: preferencesStore(table),
}
