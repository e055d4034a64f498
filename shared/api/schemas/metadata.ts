import * as z from 'zod/mini'

/** The SDK takes no greater numbers, for their last digits would be lost; DynamoDB none closer to zero. */
const largest = Number.MAX_SAFE_INTEGER
const smallest = 1e-129
const levels = 10
export const metadataBytes = 8_192

export const isTooLarge = (value: unknown): boolean =>
  Buffer.byteLength(JSON.stringify(value)) > metadataBytes

type Problem = string | undefined

const ofNumber = (value: number): Problem =>
  value === 0 || (Math.abs(value) <= largest && Math.abs(value) >= smallest)
    ? undefined
    : `must have numbers from ${smallest} to ${largest}, or 0, of either sign`

const ofText = (value: string): Problem =>
  value.includes('\u0000') || !value.isWellFormed()
    ? 'must have text without NUL and lone surrogates'
    : undefined

/** The SDK tells kinds of values apart by their `constructor`, also where that is somebody's own member. */
const unstorable: readonly string[] = ['', '__proto__', 'constructor']

const ofName = (name: string): Problem =>
  unstorable.includes(name) ? `must not have a member named "${name}"` : ofText(name)

/** What keeps a JSON value from being stored to the letter. */
const problemOf = (value: unknown, level: number): Problem => {
  if (typeof value === 'number') return ofNumber(value)
  if (typeof value === 'string') return ofText(value)
  if (value === null || typeof value !== 'object') return undefined
  if (level > levels) return `must be nested at most ${levels} levels deep`
  for (const [name, member] of Object.entries(value)) {
    const problem = (Array.isArray(value) ? undefined : ofName(name)) ?? problemOf(member, level + 1)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A JSON object that people's own programs keep with a task. */
export const metadata = z.record(z.string(), z.unknown()).check(
  z.check<Record<string, unknown>>(({ value, issues }) => {
    const problem = isTooLarge(value) ? `must be at most ${metadataBytes} bytes of JSON` : problemOf(value, 1)
    if (problem !== undefined) issues.push({ code: 'custom', input: value, message: problem })
  }),
)
export type Metadata = z.infer<typeof metadata>
