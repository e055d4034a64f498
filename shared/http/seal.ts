import { createHmac, timingSafeEqual } from 'node:crypto'

const macLength = 16

/** `context` says what the text is for, so that what is sealed for one use opens for no other. */
const macOf = (key: string, context: string, text: string): Buffer =>
  createHmac('sha256', key).update(context).update('\n').update(text).digest().subarray(0, macLength)

/** A text that callers carry about and cannot change. It can be read by anybody. */
export const seal = (key: string, context: string, text: string): string =>
  `${Buffer.from(text).toString('base64url')}.${macOf(key, context, text).toString('base64url')}`

/** What was sealed under the same key for the same use; `undefined` for anything else. */
export const unseal = (key: string, context: string, sealed: string): string | undefined => {
  const [encoded = '', mac = ''] = sealed.split('.')
  const text = Buffer.from(encoded, 'base64url').toString()
  const expected = macOf(key, context, text)
  const given = Buffer.from(mac, 'base64url')
  return given.length === expected.length && timingSafeEqual(given, expected) ? text : undefined
}
