import { expect, test } from 'vitest'
import { hashOfCode, newRecoveryCodes, withoutCode } from '../../../shared/domain/account/mfaRecoveryCodes.ts'

test('there are ten, in four groups of six digits of base 32, none like another', () => {
  const { codes, hashes } = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  expect(new Set(hashes).size).toBe(10)
  for (const code of codes)
    expect(code).toMatch(/^([0-9abcdefghjkmnpqrstvwxyz]{6}-){3}[0-9abcdefghjkmnpqrstvwxyz]{6}$/)
})

test('each digit is as likely as any, for every bit counts: 120 in all', () => {
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const { codes } = newRecoveryCodes(() => every)
  const counts = Map.groupBy((codes[0] ?? '').replaceAll('-', ''), (digit) => digit)
  expect(counts.size).toBe(32)
  for (const same of counts.values()) expect(same).toHaveLength(8)
  const asked: number[] = []
  newRecoveryCodes((size) => {
    asked.push(size)
    return new Uint8Array(size)
  })
  expect(asked).toEqual(Array.from({ length: 10 }, () => 24))
})

test('one is known by its SHA-256, however it is typed', () => {
  const code = '01abcd-efghjk-mnpqrs-tvwxyz'
  // printf %s 01abcdefghjkmnpqrstvwxyz | sha256sum
  const hash = Buffer.from(hashOfCode(code), 'base64url').toString('hex')
  expect(hash).toBe('dea225dc560806742cb4b78328fd3030327a260fd8956cc2400423668b8e8fb5')
  for (const typed of [
    'OIABCD EFGHJK MNPQRS TVWXYZ',
    'oLabcdefghjkmnpqrstvwxyz',
    ' 01abcd-efghjk-mnpqrs-tvwxyz ',
  ])
    expect(hashOfCode(typed)).toBe(hashOfCode(code))
  expect(hashOfCode('01abcd-efghjk-mnpqrs-tvwxyy')).not.toBe(hashOfCode(code))
})

test('one that is used is taken away, whichever it is; any other takes nothing', () => {
  const { codes, hashes } = newRecoveryCodes()
  for (const [n, code] of codes.entries()) expect(withoutCode(hashes, code)).toEqual(hashes.toSpliced(n, 1))
  expect(withoutCode(hashes, String(newRecoveryCodes().codes[0]))).toBeUndefined()
  expect(withoutCode(hashes, String(hashes[0]))).toBeUndefined()
  expect(withoutCode([], String(codes[0]))).toBeUndefined()
})
