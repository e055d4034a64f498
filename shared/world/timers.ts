import { recordStore } from '../data/stores/history.ts'
import { peopleStore } from '../data/stores/people.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { timerStore } from '../data/stores/timers.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of timers work with. */
export const world = {
  settings,
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  tokens: tokenStore(table),
  tasks: taskStore(table),
  records: recordStore(table),
  timers: timerStore(table),
}
