import type { AllStores } from '../../domain/ports.ts'
import type { Table } from '../tablePort.ts'
import { commentStore } from './comments.ts'
import { recordStore } from './history.ts'
import { peopleStore } from './people.ts'
import { projectStore } from './projects.ts'
import { structureStore } from './structure.ts'
import { taskStore } from './tasks.ts'
import { workspaceStore } from './workspaces.ts'

/** All stores over one table. */
export const storesOf = (table: Table): AllStores => ({
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  projects: projectStore(table),
  tasks: taskStore(table),
  structure: structureStore(table),
  records: recordStore(table),
  comments: commentStore(table),
})
