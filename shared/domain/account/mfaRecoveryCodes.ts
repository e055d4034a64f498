import { createHash, randomBytes } from 'node:crypto'
import { isSame } from '../isSame.ts'

const codeCount = 10
/** Digits that nobody takes for one another (Crockford's base 32): no i, l, o, u. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz'
const codeLength = 24

/** 120 random bits: a byte keeps five of its eight, each digit as likely as any. */
const newCode = (bytes: Uint8Array): string => [...bytes].map((byte) => digits[byte & 31]).join('')

/** Written in four groups of six. */
const grouped = (code: string): string => code.replace(/(.{6})(?=.)/g, '$1-')

/** As people type it: in capitals, with spaces, with a letter for the digit it looks like. */
const normalised = (typed: string): string =>
  typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1')

/**
 * What is kept of a recovery code. One round of SHA-256 without salt is right for secrets of 112 random bits and
 * more (NIST SP 800-63B, 5.1.2.2): there is nothing to guess, and no two are alike.
 */
export const hashOfCode = (typed: string): string =>
  createHash('sha256').update(normalised(typed)).digest('base64url')

/** Ten new codes, to be shown once, and the hashes to keep. */
export const newRecoveryCodes = (
  random: (size: number) => Uint8Array = randomBytes,
): { readonly codes: string[]; readonly hashes: string[] } => {
  const codes = Array.from({ length: codeCount }, () => grouped(newCode(random(codeLength))))
  return { codes, hashes: codes.map(hashOfCode) }
}

/** The hashes that are left once a code is used; `undefined` when it is none of them. Compares with each. */
export const withoutCode = (hashes: readonly string[], typed: string): string[] | undefined => {
  const used = hashOfCode(typed)
  const left = hashes.filter((hash) => !isSame(hash, used))
  return left.length === hashes.length ? undefined : left
}
