import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { Failure } from '../domain/failure.ts'

const macLength = 16

/** What a cursor is bound to: the route, its path, the filters and the caller, but neither `limit` nor itself. */
export const queryDigest = (
  name: string,
  params: unknown,
  query: Record<string, unknown>,
  userId: string,
): string => {
  const { cursor: _, limit: __, fields: ___, ...filters } = query
  const sorted = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([name, params, sorted, userId]))
    .digest('base64url')
}

const macOf = (key: string, digest: string, position: string): Buffer =>
  createHmac('sha256', key).update(digest).update('\n').update(position).digest().subarray(0, macLength)

/** Opaque, signed, and good for the one query it came from. */
export const writeCursor = (key: string, digest: string, position: string): string =>
  `${Buffer.from(position).toString('base64url')}.${macOf(key, digest, position).toString('base64url')}`

export const readCursor = (key: string, digest: string, cursor: string): string => {
  const [encoded = '', mac = ''] = cursor.split('.')
  const position = Buffer.from(encoded, 'base64url').toString()
  const expected = macOf(key, digest, position)
  const given = Buffer.from(mac, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Failure('invalid-cursor')
  return position
}
