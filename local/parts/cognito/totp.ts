import { createHmac } from 'node:crypto'

const stepSeconds = 30
const digits = 6
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648, section 6). */
const decode = (secret: string): Buffer => {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
}

/** HOTP (RFC 4226, section 5.3). */
const codeOf = (key: Buffer, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/**
 * The time step whose code this is: the present one, or the one before or after it (RFC 6238, section 5.2);
 * `undefined` when it is none of theirs.
 * @param now epoch milliseconds
 */
export const stepOf = (secret: string, code: string, now: number): number | undefined => {
  const key = decode(secret)
  const present = Math.floor(now / 1000 / stepSeconds)
  return [present - 1, present, present + 1].find((step) => codeOf(key, step) === code)
}
