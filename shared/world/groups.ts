import { groupStore } from '../data/stores/groups.ts'
import { peopleStore } from '../data/stores/people.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of groups work with; the stores they do not need stay out of their bundles. */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  tokens: tokenStore(table),
  groups: groupStore(table),
}
