import { createHash } from 'node:crypto'
import { Failure } from '../domain/failure.ts'
import { seal, unseal } from './seal.ts'

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

/** Opaque, signed, and good for the one query it came from. */
export const writeCursor = seal

export const readCursor = (key: string, digest: string, cursor: string): string => {
  const position = unseal(key, digest, cursor)
  if (position === undefined) throw new Failure('invalid-cursor')
  return position
}
