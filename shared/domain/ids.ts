import { createHash, randomBytes } from 'node:crypto'
import { type IdKind, idPrefixes } from '../api/schemas/ids.ts'

/** Crockford base 32 in lower case: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const timeLength = 10
const randomLength = 16

const encode = (value: bigint, length: number): string => {
  let rest = value
  let text = ''
  for (let n = 0; n < length; n++) {
    text = alphabet[Number(rest & 31n)] + text
    rest >>= 5n
  }
  return text
}

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

/** 80 bits that name an item: drawn at random, or derived from what makes a request the same request. */
export const randomSeed = (): Uint8Array => randomBytes(10)
export const derivedSeed = (...parts: readonly string[]): Uint8Array =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 10)

/**
 * An identifier in the layout of a ULID: 48 bits of milliseconds, then the seed.
 * Keys are built from the seed alone, so that a repeated request meets the item it made before,
 * while the identifier still sorts by the time of the first.
 */
export const makeId = (kind: IdKind, time: number, seed: Uint8Array): string =>
  `${idPrefixes[kind]}_${encode(BigInt(time), timeLength)}${encode(toBigInt(seed), randomLength)}`

/** The seed part of an identifier, as it stands in keys. */
export const randomPartOf = (id: string): string => id.slice(-randomLength)
