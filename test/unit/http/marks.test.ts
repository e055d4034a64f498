import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markOf } from '../../../shared/http/marks.ts'

const request = { userId: 'ana', name: 'createTask', params: { workspaceId: 'w' }, body: { title: 'a' } }

describe('the mark of a request', () => {
  test('is none without a key', () => {
    expect(markOf(undefined, request)).toBeNull()
  })

  test('tells people, routes, paths and keys apart, and bodies by their payload alone', () => {
    const mark = markOf('k', request)
    expect(markOf('k', { ...request })).toEqual(mark)
    const others = [
      markOf('l', request),
      markOf('k', { ...request, userId: 'ben' }),
      markOf('k', { ...request, name: 'completeTask' }),
      markOf('k', { ...request, params: { workspaceId: 'v' } }),
    ]
    expect(new Set([mark, ...others].map((one) => one?.key)).size).toBe(5)
    const otherBody = markOf('k', { ...request, body: { title: 'b' } })
    expect(otherBody?.key).toBe(mark?.key)
    expect(otherBody?.payload).not.toBe(mark?.payload)
  })

  test('holds neither key nor body', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{12,40}$/), (key) => {
        const mark = JSON.stringify(markOf(key, { ...request, body: { title: `t${key}` } }))
        expect(mark).not.toContain(JSON.stringify(key).slice(1, -1))
        expect(mark).not.toContain('createTask')
      }),
    )
  })

  test.each(['', ' k', '\tk', 'k\n', 'ключ', 'x'.repeat(256)])('the key %j is refused', (key) => {
    expect(() => markOf(key, request)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: 'Idempotency-Key' })] }),
    )
  })

  test.each(['x', 'x'.repeat(255), 'with space', '8e03978e-40d5-43dd-bc93-6894a57f9324'])(
    'the key %j is taken',
    (key) => {
      expect(markOf(key, request)).not.toBeNull()
    },
  )
})
