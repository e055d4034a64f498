import { batchStore } from '../data/stores/batches.ts'
import { recordStore } from '../data/stores/history.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { projectStore } from '../data/stores/projects.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What a batch of tasks works with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  projects: projectStore(table),
  tasks: taskStore(table),
  records: recordStore(table),
  batches: batchStore(table),
}
