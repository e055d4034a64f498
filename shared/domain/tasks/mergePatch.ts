type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** -0 is stored as 0, and would be another value each time it is asked for. */
const stored = (value: unknown): unknown => (value === 0 ? 0 : value)

/** JSON Merge Patch (RFC 7396, section 2) of an object by an object. */
export const mergePatch = (target: unknown, patch: Members): Record<string, unknown> => {
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name]
    else merged[name] = isObject(value) ? mergePatch(merged[name], value) : stored(value)
  }
  return merged
}
