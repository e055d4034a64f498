import type { SocketDeclaration } from './declaration.ts'

const atOnce = { kind: 'socket', timeoutSeconds: 10 } as const

export const liveConnect: SocketDeclaration = {
  ...atOnce,
  name: 'liveConnect',
  routeKey: '$connect',
  summary: 'Lets whoever brings a good ticket open a live connection',
  uses: { table: ['BatchGetItem', 'Query', 'TransactWriteItems'] },
}

export const liveMessage: SocketDeclaration = {
  ...atOnce,
  name: 'liveMessage',
  routeKey: '$default',
  summary: 'Takes what a client says over its live connection',
  uses: { table: ['BatchGetItem', 'UpdateItem', 'TransactWriteItems'] },
}

export const liveDisconnect: SocketDeclaration = {
  ...atOnce,
  name: 'liveDisconnect',
  routeKey: '$disconnect',
  summary: 'Forgets a live connection that has ended',
  uses: { table: ['BatchGetItem', 'TransactWriteItems'] },
}

/** What answers on a live connection. */
export const sockets: readonly SocketDeclaration[] = [liveConnect, liveMessage, liveDisconnect]
