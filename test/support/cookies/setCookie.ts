import type { Reply } from '../app.ts'

export interface SetCookie {
  readonly name: string
  readonly value: string
  readonly attributes: readonly string[]
}

/** The cookie that a reply sets, if any (RFC 6265, section 5.2); attributes as they were written, in order of the alphabet. */
export const setCookieOf = ({ headers }: Reply): SetCookie | undefined => {
  const line = headers['set-cookie']
  if (line === undefined) return undefined
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', ...value] = pair.split('=')
  return { name, value: value.join('='), attributes: attributes.toSorted() }
}

const attributesFor = (seconds: number): string[] => [
  'HttpOnly',
  `Max-Age=${seconds}`,
  'Path=/',
  'SameSite=Strict',
  'Secure',
]

/** The one form in which the cookie is set for so many seconds; nothing else, no Domain. */
export const cookieFor = (value: unknown, seconds: number) => ({
  name: '__Host-duely_refresh',
  value,
  attributes: attributesFor(seconds),
})
/** The one form in which it is cleared. */
export const clearedCookie = cookieFor('', 0)
