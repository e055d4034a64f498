import { describe, expect, test } from 'vitest'
import { stepOf } from '../../../../local/parts/cognito/totp.ts'
import { bytesOf, shownBy, totp } from '../../../support/totp.ts'

const seed = new TextEncoder().encode('12345678901234567890')
/** The same seed in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at %i seconds the code is %s, as in RFC 6238, appendix B', async (seconds, code) => {
  expect(await totp(seed, seconds * 1000, 8)).toBe(code)
  expect(await shownBy(secret, seconds * 1000)).toBe(code.slice(2))
  expect(stepOf(secret, code.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test('base32 is read as in RFC 4648, section 10', () => {
  expect(Buffer.from(bytesOf('MZXW6YTBOI')).toString()).toBe('foobar')
  expect(Buffer.from(bytesOf('MZXW6YQ')).toString()).toBe('foob')
  expect(Buffer.from(bytesOf(secret)).toString()).toBe('12345678901234567890')
})

describe('a code is taken', () => {
  const now = 1_800_000_015_000
  test.each([
    [-60, undefined],
    [-30, -1],
    [0, 0],
    [30, 1],
    [60, undefined],
  ])('of %i seconds from now: its step is %s from the present one', async (seconds, steps) => {
    const code = await shownBy(secret, now + seconds * 1000)
    const expected = steps === undefined ? undefined : 60_000_000 + steps
    expect(stepOf(secret, code, now)).toBe(expected)
  })
})
