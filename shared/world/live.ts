import { connectionStore } from '../data/stores/connections.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { table } from './table.ts'

/** What functions behind and beside live connections work with. */
export const live = {
  people: peopleByKey(table),
  tokens: tokenStore(table),
  workspaces: workspacesByKey(table),
  tasks: taskStore(table),
  connections: connectionStore(table),
  clock: Date.now,
}
