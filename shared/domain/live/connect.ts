import { type Connections, mostConnections, type Tickets } from './connection.ts'
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

/** Opens a connection for the person of the ticket, if they may have one now; the ticket is good once. */
export const connect = async (
  { connectionId, ticket: offered, now }: Knock,
  world: ConnectWorld,
): Promise<'opened' | 'refused' | 'too-many'> => {
  const { liveTickets, connections } = world
  const ticket = offered === undefined ? undefined : liveTickets.read(offered)
  if (ticket === undefined || ticket.expiresAt <= now) return 'refused'
  const { workspaceId, userId, credential } = ticket
  const [member, present] = await Promise.all([
    standingOf(ticket, now, world),
    connections.to(workspaceId, userId),
  ])
  if (member === undefined) return 'refused'
  if (present.length >= mostConnections) return 'too-many'
  const connection = {
    id: connectionId,
    workspaceId,
    userId,
    credential,
    connectedAt: now,
    subscribedTo: null,
    looksAt: null,
  }
  return (await connections.open(connection, ticket)) ? 'opened' : 'refused'
}
