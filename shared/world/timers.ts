import { recordStore } from '../data/stores/history.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { timerStore } from '../data/stores/timers.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of timers work with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  tasks: taskStore(table),
  records: recordStore(table),
  timers: timerStore(table),
}
