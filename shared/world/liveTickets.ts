import { randomUUID } from 'node:crypto'
import { environmentNames } from '../api/environment.ts'
import { peopleByKey } from '../data/stores/peopleByKey.ts'
import { tokenStore } from '../data/stores/tokens.ts'
import { workspacesByKey } from '../data/stores/workspacesByKey.ts'
import { liveTicketsWith } from '../http/tickets.ts'
import { cursorKey } from './environment.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

/** What the route of tickets works with. */
export const world = {
  settings,
  people: peopleByKey(table),
  workspaces: workspacesByKey(table),
  tokens: tokenStore(table),
  liveTickets: liveTicketsWith(cursorKey()),
  liveUrl: process.env[environmentNames.liveUrl] ?? '',
  newTicketId: randomUUID,
}
