import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { queryDigest, readCursor, writeCursor } from '../../../shared/http/cursor.ts'

const key = 'secret'
const digest = queryDigest('list', { workspaceId: 'w' }, { sort: 'due' }, 'ana')

describe('a cursor', () => {
  test('carries any position unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (position) => {
        expect(readCursor(key, digest, writeCursor(key, digest, position))).toBe(position)
      }),
    )
  })

  test('says nothing of the position to whoever carries it about', () => {
    const cursor = writeCursor(key, digest, '2026-11-21T09:00:00.000Z#tsk_1')
    const bytes = cursor.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    for (const part of ['2026', 'tsk', 'Z#t']) expect([cursor, ...bytes].join()).not.toContain(part)
    // The same page has the same address.
    expect(writeCursor(key, digest, '2026-11-21T09:00:00.000Z#tsk_1')).toBe(cursor)
  })

  test('made up or altered at any place is refused', () => {
    const cursor = writeCursor(key, digest, '2026-11-21T09:00:00.000Z#tsk_1')
    const isRefused = (given: string) => {
      expect(() => readCursor(key, digest, given)).toThrow(
        expect.objectContaining({ code: 'invalid-cursor' }),
      )
    }
    fc.assert(fc.property(fc.string(), isRefused))
    const flip = (at: number) => {
      const other = cursor[at] === 'A' ? 'B' : 'A'
      return cursor.slice(0, at) + other + cursor.slice(at + 1)
    }
    // The last character may hold spare bits; what they decode to is what counts.
    const decoded = (text: string) => Buffer.from(text, 'base64url').toString('hex')
    for (let at = 0; at < cursor.length; at++) {
      const altered = flip(at)
      if (decoded(altered) !== decoded(cursor)) isRefused(altered)
    }
    for (const cut of ['', '.', cursor.slice(0, -2), cursor.slice(0, 37), `${cursor}AA`]) isRefused(cut)
  })

  test('of another query, path, caller, route or key is refused', () => {
    const cursor = writeCursor(key, digest, 'p')
    const others = [
      queryDigest('other', { workspaceId: 'w' }, { sort: 'due' }, 'ana'),
      queryDigest('list', { workspaceId: 'v' }, { sort: 'due' }, 'ana'),
      queryDigest('list', { workspaceId: 'w' }, { sort: 'priority' }, 'ana'),
      queryDigest('list', { workspaceId: 'w' }, { sort: 'due', status: ['open'] }, 'ana'),
      queryDigest('list', { workspaceId: 'w' }, { sort: 'due' }, 'ben'),
    ]
    for (const other of others) {
      expect(() => readCursor(key, other, cursor)).toThrow(
        expect.objectContaining({ code: 'invalid-cursor' }),
      )
    }
    expect(() => readCursor('guess', digest, cursor)).toThrow(
      expect.objectContaining({ code: 'invalid-cursor' }),
    )
  })
})

test('a query is the same whatever the order of its parts, its page size, its fields and its cursor', () => {
  const of = (query: Record<string, unknown>) => queryDigest('list', {}, query, 'ana')
  expect(of({ a: 1, b: 2 })).toBe(of({ b: 2, a: 1 }))
  expect(of({ a: 1, limit: 5, cursor: 'x', fields: 'id' })).toBe(of({ a: 1 }))
  expect(of({ a: '1' })).not.toBe(of({ a: 1 }))
})
