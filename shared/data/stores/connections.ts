import type { Connection, Connections, Pointer } from '../../domain/live/connection.ts'
import { secondsAfter } from '../../domain/time/secondsAfter.ts'
import { codec, transacted, ttlOf } from '../codec.ts'
import { everyPage } from '../everyPage.ts'
import * as keys from '../keys.ts'
import type { Item, Range, Table } from '../tablePort.ts'

/** API Gateway keeps no connection for longer than two hours. */
const longestSeconds = 2.2 * 3_600
const longest = (connectedAt: string): string => secondsAfter(connectedAt, longestSeconds)

const keyOf = ({ id, workspaceId, userId }: Pick<Connection, 'id' | 'workspaceId' | 'userId'>) =>
  keys.connectionKey(workspaceId, userId, id)

const connectionCodec = codec<Connection>('connection', keyOf, ({ id, userId, connectedAt }) => ({
  person: keys.personKey(userId).PK,
  personKey: `${keys.connectionPrefix}${id}`,
  ttl: ttlOf(longest(connectedAt)),
}))
export const decodeConnection = connectionCodec.decode

const pointerCodec = codec<Pointer>('pointer', ({ id }) => keys.pointerKey(id))

const pointerTo = ({ id, workspaceId, userId, credential, connectedAt }: Connection): Item => ({
  ...pointerCodec.encode({ id, workspaceId, userId, credential, paidUntil: 0 }),
  ttl: ttlOf(longest(connectedAt)),
})

export const connectionStore = (table: Table): Connections => {
  const all = async (range: Omit<Range, 'limit'>): Promise<Connection[]> => {
    const found: Connection[] = []
    const place = ({ SK, personKey }: Item) => (range.index === undefined ? SK : String(personKey))
    for await (const items of everyPage(table, { ...range, limit: 1000 }, place))
      found.push(...items.map(decodeConnection))
    return found
  }
  return {
    open: async (connection, ticket) => {
      const used = {
        ...keys.usedTicketKey(ticket.id),
        itemType: 'usedTicket',
        ttl: ttlOf(longest(ticket.expiresAt)),
      }
      const absent = { absent: true } as const
      const writes = [used, connectionCodec.encode(connection), pointerTo(connection)]
      const all = writes.map((put) => ({ put, condition: absent }))
      return (await transacted(() => table.transact(all), Object)).won
    },
    pointer: async (id) => {
      const item = await table.get(keys.pointerKey(id))
      return item && pointerCodec.decode(item)
    },
    spend: async ({ id, paidUntil: seen }, paidUntil) => {
      const spent = await table.update(
        keys.pointerKey(id),
        { set: { paidUntil } },
        { equals: { paidUntil: seen } },
      )
      return spent.won
    },
    change: async (of, changes) =>
      (await table.update(keyOf(of), { set: { ...changes } }, { present: true })).won,
    remove: async (of) => {
      const items = [{ delete: keyOf(of) }, { delete: keys.pointerKey(of.id) }]
      await transacted(() => table.transact(items), Object)
    },
    to: (workspaceId, userId) =>
      all({
        pk: keys.connectionsPk(workspaceId),
        prefix: keys.connectionPrefix + (userId === undefined ? '' : `${userId}#`),
      }),
    of: (userId) => all({ index: 'byPerson', pk: keys.personKey(userId).PK, prefix: keys.connectionPrefix }),
    takeTurn: async (workspaceId, now, lengthMs) => {
      const next = now + lengthMs
      const turn = {
        ...keys.turnKey(workspaceId),
        itemType: 'turn',
        next,
        ttl: ttlOf(longest(new Date(now).toISOString())),
      }
      const taken = await table.put(turn, { absentOrAtMost: { next: now } })
      return taken.won ? 0 : Math.max(1, Number(taken.present?.next ?? next) - now)
    },
  }
}
