import { crc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readToken, writeToken } from '../../../../shared/domain/tokens/format.ts'
import { hashOf, isHonoured, type Token } from '../../../../shared/domain/tokens/token.ts'
import { aPerson, minutes, userOf } from '../support/builders.ts'

const slots = fc.integer({ min: 0, max: 49 })
const tokens = fc.tuple(fc.uuid(), slots, fc.uint8Array({ minLength: 32, maxLength: 32 }))

describe('a token', () => {
  test('says whose it is and where it lies, and stands in one form only', () => {
    fc.assert(
      fc.property(tokens, ([userId, slot, secret]) => {
        const token = writeToken(userId, slot, secret)
        expect(readToken(token)).toEqual({ userId, slot })
        expect(token).toMatch(/^duely_pat_[0-9a-f]{32}_[0-4]\d_[0-9a-f]{72}$/)
        expect(readToken(token.toUpperCase())).toBeUndefined()
      }),
    )
  })

  test('ends with the CRC-32 of what stands before', () => {
    fc.assert(
      fc.property(tokens, ([userId, slot, secret]) => {
        const token = writeToken(userId, slot, secret)
        expect(Number.parseInt(token.slice(-8), 16)).toBe(crc32(token.slice(0, -8)))
      }),
    )
  })

  test('in which any one character was changed, dropped or added is none', () => {
    const place = fc.tuple(tokens, fc.nat(115), fc.constantFrom(...'0123456789abcdef_-. g\n'))
    fc.assert(
      fc.property(place, ([[userId, slot, secret], at, other]) => {
        const token = writeToken(userId, slot, secret)
        const [before, after] = [token.slice(0, at), token.slice(at + 1)]
        fc.pre(token[at] !== other)
        expect(readToken(before + other + after)).toBeUndefined()
        expect(readToken(before + after)).toBeUndefined()
        expect(readToken(before + other + token.slice(at))).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })

  test('is another each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => writeToken(userOf('ana'), 7))).size).toBe(100)
  })
})

describe('a token is honoured', () => {
  const text = writeToken(userOf('ana'), 7)
  const token: Token = {
    id: 'pat_1',
    userId: userOf('ana'),
    slot: 7,
    hash: hashOf(text),
    name: 'Report',
    scopes: ['tasks:read'],
    workspaceId: null,
    createdAt: minutes(10),
    expiresAt: minutes(20),
  }
  const verdict = (changes: Partial<Token>, person = aPerson(), now = minutes(15), shown = text) =>
    isHonoured({ ...token, ...changes }, { hash: hashOf(shown) }, person, now)

  test('while it is the very one, has not expired, and its person is there', () => {
    expect(verdict({})).toBe(true)
    expect(verdict({}, aPerson(), minutes(20))).toBe(false)
    expect(verdict({}, aPerson(), minutes(15), writeToken(userOf('ana'), 7))).toBe(false)
    expect(verdict({ hash: '' })).toBe(false)
    expect(verdict({}, aPerson({ state: 'unconfirmed' }))).toBe(false)
  })

  test('unless all was ended since it was made, whichever session was kept', () => {
    expect(verdict({}, aPerson({ sessionsFrom: minutes(10) }))).toBe(true)
    expect(verdict({}, aPerson({ sessionsFrom: minutes(11) }))).toBe(false)
    expect(verdict({}, aPerson({ sessionsFrom: minutes(11), keptSession: '' }))).toBe(false)
  })
})
