import { commentStore } from '../data/stores/comments.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the routes of comments work with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  tasks: taskStore(table),
  comments: commentStore(table),
}
