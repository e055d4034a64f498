/**
 * How a personal access token is written: `duely_pat_{user}_{place}_{secret}{checksum}`, all in lower-case
 * hexadecimal but for the place, two digits. It names its key in the table, so that it is read in one go with the
 * person, the member and what the request is about. The checksum tells a misspelt token from a wrong one without
 * a read, and a scanner for leaked secrets a token from whatever looks like one.
 */
import { randomBytes } from 'node:crypto'

const secretBytes = 32
export const tokenMark = 'duely_pat_'
const form =
  /^duely_pat_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([0-4]\d)_[0-9a-f]{64}$/
const checksumLength = 8

/** CRC-32 (ISO 3309, as in zip and PNG) of ASCII text as eight hexadecimal digits. */
const checksum = (text: string): string => {
  let crc = -1
  for (const byte of Buffer.from(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ((crc ^ -1) >>> 0).toString(16).padStart(checksumLength, '0')
}

/**
 * Writes a new token with 256 random bits.
 * @param userId a UUID in lower case
 * @param slot 0 to 49
 */
export const writeToken = (
  userId: string,
  slot: number,
  secret: Uint8Array = randomBytes(secretBytes),
): string => {
  const user = userId.replaceAll('-', '')
  const place = String(slot).padStart(2, '0')
  const text = `${tokenMark}${user}_${place}_${Buffer.from(secret).toString('hex')}`
  return text + checksum(text)
}

/** Whose token it says to be, and in which place; `undefined` for what is none by its form. */
export const readToken = (token: string): { readonly userId: string; readonly slot: number } | undefined => {
  const text = token.slice(0, -checksumLength)
  const [, ...parts] = form.exec(text) ?? []
  if (parts.length === 0 || token.slice(-checksumLength) !== checksum(text)) return undefined
  return { userId: parts.slice(0, 5).join('-'), slot: Number(parts[5]) }
}
