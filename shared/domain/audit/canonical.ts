/**
 * A JSON value in the one form of RFC 8785: members sorted by the UTF-16 units of their names, no white space, numbers
 * and strings as ECMAScript writes them. A member that is `undefined` is none. A lone surrogate, which the standard
 * refuses and UTF-8 cannot carry, is U+FFFD.
 */
export const canonical = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonical(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}
