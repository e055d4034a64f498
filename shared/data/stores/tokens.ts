import { mostTokens, type Token, type Tokens } from '../../domain/tokens/token.ts'
import { codec, ttlOf, written } from '../codec.ts'
import { create } from '../creation.ts'
import { tokenKey, tokenPrefix } from '../keys.ts'
import type { Table } from '../tablePort.ts'

export const tokenCodec = codec<Token>(
  'token',
  ({ userId, slot }) => tokenKey(userId, slot),
  ({ expiresAt }) => ({ ttl: ttlOf(expiresAt) }),
)

export const tokenStore = (table: Table): Tokens => ({
  token: async (userId, slot) => {
    const item = await table.get(tokenKey(userId, slot))
    return item && tokenCodec.decode(item)
  },
  tokens: async (userId) => {
    const { PK } = tokenKey(userId, 0)
    const { items } = await table.query({ pk: PK, prefix: tokenPrefix, limit: mostTokens })
    return items.map(tokenCodec.decode)
  },
  add: (token, expired, mark) =>
    create(table, {
      writes: [
        {
          put: tokenCodec.encode(token),
          condition: expired === undefined ? { absent: true } : { equals: { id: expired.id } },
        },
      ],
      entity: token,
      userId: token.userId,
      mark,
      now: token.createdAt,
    }),
  remove: ({ userId, slot, id }) =>
    written(table.delete(tokenKey(userId, slot), { equals: { id } }), tokenCodec.decode),
})
