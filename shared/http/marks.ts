import { createHash } from 'node:crypto'
import { Failure } from '../domain/failure.ts'
import type { RequestMark } from '../domain/tasks/task.ts'

const hash = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

/**
 * The Idempotency-Key of a request (draft-ietf-httpapi-idempotency-key-header) as two hashes: what makes it the
 * same request (person, route, path, key) and what it asks for. `null` without the header.
 */
export const markOf = (
  header: string | undefined,
  request: { userId: string; name: string; params: unknown; body: unknown },
): RequestMark | null => {
  if (header === undefined) return null
  if (!/^[\x21-\x7e][\x20-\x7e]{0,254}$/.test(header)) {
    throw new Failure('invalid-request', undefined, {
      errors: [{ pointer: 'Idempotency-Key', detail: 'must be 1 to 255 printable ASCII characters' }],
    })
  }
  const { userId, name, params, body } = request
  return { key: hash(userId, name, params, header), payload: hash(body) }
}
