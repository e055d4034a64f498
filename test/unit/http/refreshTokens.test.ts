import { describe, expect, test } from 'vitest'
import type { RefreshToken } from '../../../shared/domain/account/refreshToken.ts'
import { refreshTokensWith } from '../../../shared/http/refreshTokens.ts'
import { seal } from '../../../shared/http/seal.ts'

const key = 'key of these tests'
const tokens = refreshTokensWith(key)
const userId = '5f0c5c1e-3b3a-4f8e-9d7e-2c7f0a1b2c3d'
const sessionId = '0d9b8a7c-6e5f-4a3b-8c2d-1e0f9a8b7c6d'
const token = tokens.begin(userId, sessionId)
const text = tokens.write(token)

describe('a refresh token', () => {
  test('begins with generation 1 and a secret of its own, and says what was written', () => {
    expect(token).toEqual({ userId, sessionId, generation: 1, secret: expect.stringMatching(/^[\w-]{43}$/) })
    expect(tokens.begin(userId, sessionId).secret).not.toBe(token.secret)
    expect(tokens.read(text)).toEqual(token)
  })

  test('is written the same each time, and fits into a cookie', () => {
    expect(tokens.write({ ...token })).toBe(text)
    expect(text).toMatch(/^duely_rt_[\w-]+$/)
    expect(tokens.write({ ...token, generation: 1_000_000 }).length).toBeLessThan(256)
  })

  test.each([
    ['nothing', ''],
    ['another kind of token', 'duely_pat_0'],
    ['its mark alone', 'duely_rt_'],
    ['no mark', text.slice('duely_rt_'.length)],
    ['a further part', `${text}.a`],
    ['further characters', `${text}AAAA`],
    ['white space', `${text} `],
    ['another way to write the same bytes', `${text}=`],
    ['padding within', `${text.slice(0, 49)}=${text.slice(49)}`],
    ['sealed for another use', `duely_rt_${seal(key, 'attachment ticket', 'a b 1 c')}`],
    ['sealed with another key', refreshTokensWith('another key').write(token)],
    ['half a token', text.slice(0, 100)],
  ])('is none that has or is %s', (_, forged) => {
    expect(tokens.read(forged)).toBeUndefined()
  })

  test('is none with any single character changed or left out', () => {
    for (let place = 0; place < text.length; place++) {
      const other = text[place] === 'A' ? 'B' : 'A'
      expect(tokens.read(text.slice(0, place) + other + text.slice(place + 1)), `at ${place}`).toBeUndefined()
      expect(tokens.read(text.slice(0, place) + text.slice(place + 1)), `without ${place}`).toBeUndefined()
    }
  })

  test('says nothing of whose it is to whoever reads it', () => {
    const bytes = Buffer.from(text.slice('duely_rt_'.length), 'base64url')
    for (const hidden of [userId, sessionId, token.secret]) expect(bytes.includes(hidden)).toBe(false)
  })
})

describe('what the pool issued', () => {
  const poolToken = 'eyJ.a token of Cognito’s'
  const sealed = tokens.seal(poolToken, token)

  test('is opened by every generation of the family', () => {
    expect(tokens.open(sealed, { ...token, generation: 7 })).toBe(poolToken)
  })

  test('lies sealed, differently each time', () => {
    expect(Buffer.from(sealed).includes('Cognito')).toBe(false)
    expect(Buffer.from(tokens.seal(poolToken, token)).equals(sealed)).toBe(false)
  })

  test.each<[string, Partial<RefreshToken>]>([
    ['the secret of another family', { secret: tokens.begin(userId, sessionId).secret }],
    ['another session', { sessionId: userId }],
    ['another person', { userId: sessionId }],
  ])('is not opened with %s', (_, changes) => {
    expect(() => tokens.open(sealed, { ...token, ...changes })).toThrow()
  })

  test('is not opened with the token but another key of the deployment', () => {
    expect(() => refreshTokensWith('another key').open(sealed, token)).toThrow()
  })

  test('is not opened once it was changed', () => {
    const spoiled = Buffer.from(sealed)
    spoiled.writeUInt8(spoiled.readUInt8(20) ^ 1, 20)
    expect(() => tokens.open(spoiled, token)).toThrow()
  })
})
