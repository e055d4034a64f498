import { type Connection, type Connections, mostConnections, type Tickets } from './connection.ts'
import { type StandingWorld, standingOf } from './standing.ts'

export interface ConnectWorld extends StandingWorld {
  readonly liveTickets: Tickets
  readonly connections: Connections
}

export interface Knock {
  readonly connectionId: string
  /** As the client offers it; `undefined`: none. */
  readonly ticket: string | undefined
  readonly now: string
}

/**
 * The oldest give way: they may be those of windows that are long gone. Their end is told to followers, who close them.
 * Looks at what there is once the new one is among them: of many that come at once the last one sees all.
 */
const makeRoom = async ({ workspaceId, userId }: Connection, connections: Connections): Promise<void> => {
  const present = await connections.to(workspaceId, userId)
  const byAge = present.toSorted((one, other) => (one.connectedAt < other.connectedAt ? -1 : 1))
  const tooMany = Math.max(0, present.length - mostConnections)
  await Promise.all(byAge.slice(0, tooMany).map((connection) => connections.remove(connection)))
}

/** Opens a connection for the person of the ticket, if they may have one now; the ticket is good once. */
export const connect = async (
  { connectionId, ticket: offered, now }: Knock,
  world: ConnectWorld,
): Promise<'opened' | 'refused'> => {
  const { liveTickets, connections } = world
  const ticket = offered === undefined ? undefined : liveTickets.read(offered)
  if (ticket === undefined || ticket.expiresAt <= now) return 'refused'
  const { workspaceId, userId, credential } = ticket
  if ((await standingOf(ticket, now, world)) === undefined) return 'refused'
  const connection = {
    id: connectionId,
    workspaceId,
    userId,
    credential,
    connectedAt: now,
    subscribedTo: null,
    looksAt: null,
  }
  // A ticket that was used before moves nobody out.
  if (!(await connections.open(connection, ticket))) return 'refused'
  await makeRoom(connection, connections)
  return 'opened'
}
