import { batchStore } from '../data/stores/batches.ts'
import { recordStore } from '../data/stores/history.ts'
import { peopleStore } from '../data/stores/people.ts'
import { projectStore } from '../data/stores/projects.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What a batch of tasks works with. */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  tokens: tokenStore(table),
  projects: projectStore(table),
  tasks: taskStore(table),
  records: recordStore(table),
  batches: batchStore(table),
}
