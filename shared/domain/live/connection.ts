/** By what somebody was let in: a session, or a personal access token (its place, and what is kept of it). */
type Credential =
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'token'; readonly slot: number; readonly hash: string }

/** One live connection: of one person by one session or token, to one workspace. */
export interface Connection {
  /** As the gateway names it. */
  readonly id: string
  readonly workspaceId: string
  readonly userId: string
  readonly credential: Credential
  readonly connectedAt: string
  /** The one task it wants to know of; `null`: all. */
  readonly subscribedTo: string | null
  /** The task the person looks at. */
  readonly looksAt: string | null
}

/** What a ticket says, sealed so that nobody else can. */
export interface Ticket {
  readonly id: string
  readonly workspaceId: string
  readonly userId: string
  readonly credential: Credential
  readonly expiresAt: string
}

export interface Tickets {
  write(ticket: Ticket): string
  /** `undefined` for anything that was not written here. */
  read(text: string): Ticket | undefined
}

/** Whose a connection is, by the name that the gateway gave it. */
export interface Pointer extends Pick<Connection, 'id' | 'workspaceId' | 'userId' | 'credential'> {
  /** Milliseconds since the epoch by which all it has said so far is paid for. */
  readonly paidUntil: number
}

export interface Connections {
  /** Opens it with a ticket, which is then used up. False when it was before. */
  open(connection: Connection, ticket: Ticket): Promise<boolean>
  pointer(id: string): Promise<Pointer | undefined>
  /** Notes what has been said. Loses to anything else said at the same time. */
  spend(pointer: Pointer, paidUntil: number): Promise<boolean>
  /** False when it is gone. */
  change(of: Pointer, changes: Partial<Pick<Connection, 'subscribedTo' | 'looksAt'>>): Promise<boolean>
  remove(of: Pick<Connection, 'id' | 'workspaceId' | 'userId'>): Promise<void>
  /** All to a workspace, or those of one member. */
  to(workspaceId: string, userId?: string): Promise<readonly Connection[]>
  /** Of a person, to whatever workspace. Follows the writes by a moment. */
  of(userId: string): Promise<readonly Connection[]>
  /** Takes a turn to send to a workspace; or tells how many milliseconds it is until the next one. */
  takeTurn(workspaceId: string, now: number, lengthMs: number): Promise<number>
}

/** The gateway, as it sends to connections. */
export interface Sockets {
  /** False when the connection is gone. */
  send(id: string, frame: string): Promise<boolean>
  /** No matter whether it was there. */
  close(id: string): Promise<void>
}

/** Connections that a person may have to one workspace; the oldest gives way to a further one. */
export const mostConnections = 20
