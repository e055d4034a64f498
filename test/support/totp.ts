import { webcrypto } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes of base32 text (RFC 4648, section 6), read bit by bit. */
export const bytesOf = (base32: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(Math.floor((base32.length * 5) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const letter of base32) {
    const value = letters.indexOf(letter)
    if (value === -1) throw new Error(`${letter} is no letter of base32`)
    bits = ((bits << 5) | value) & 0xfff
    held += 5
    if (held < 8) continue
    held -= 8
    bytes[at++] = (bits >> held) & 0xff
  }
  return bytes
}

/**
 * The code of an authenticator (RFC 6238 with HMAC-SHA-1 and steps of thirty seconds), written apart from what
 * checks it.
 * @param at epoch milliseconds
 */
export const totp = async (key: Uint8Array<ArrayBuffer>, at: number, digits = 6): Promise<string> => {
  const { subtle } = webcrypto
  const hmac = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  const steps = Math.floor(at / 30_000)
  counter.setUint32(0, Math.floor(steps / 2 ** 32))
  counter.setUint32(4, steps % 2 ** 32)
  const mac = new Uint8Array(await subtle.sign('HMAC', hmac, counter.buffer))
  const offset = (mac[19] as number) % 16
  const [a = 0, b = 0, c = 0, d = 0] = mac.subarray(offset, offset + 4)
  const number = ((a % 128) * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/** What an authenticator that holds this secret shows. */
export const shownBy = (secret: string, at: number): Promise<string> => totp(bytesOf(secret), at)
