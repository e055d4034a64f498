import type { Session } from './person.ts'

/**
 * How long a refresh token still works after its successor was first issued: for tabs that refresh at the same time,
 * and for a client whose answer was lost. A request takes ten seconds at most, so that two further attempts fit in.
 */
export const graceMs = 30_000

/** A client that refreshes on and on must not let the item grow. */
const mostRemembered = 10

type Generations = Pick<Session, 'generation' | 'generationsIssuedAt'>

/** Of a session that has just begun. */
export const firstGeneration = (now: string): Required<Generations> => ({
  generation: 1,
  generationsIssuedAt: [now],
})

const isInGrace = (issuedAt: string, now: string): boolean =>
  Date.parse(now) - Date.parse(issuedAt) <= graceMs

/** One generation further, first issued now. Of earlier ones it remembers what grace asks for. */
export const nextGeneration = (
  { generation = 0, generationsIssuedAt = [] }: Generations,
  now: string,
): Required<Generations> => {
  const last = generationsIssuedAt.at(-1) ?? now
  const remembered = generationsIssuedAt.filter((instant) => isInGrace(instant, now))
  // Never before the last one: clocks of two functions may differ.
  const all = [...remembered, now > last ? now : last]
  return { generation: generation + 1, generationsIssuedAt: all.slice(-mostRemembered) }
}

/**
 * What it means that a generation is presented.
 * - `current`: the newest; it gets a successor.
 * - `graced`: it has one, since a moment; whoever presents it gets the newest.
 * - `reused`: it has one for longer. Two hold tokens of this family, and one of them should not.
 * - `unknown`: this session has issued none such, as after a restore of the table to an earlier state.
 */
export type Standing = 'current' | 'graced' | 'reused' | 'unknown'

export const standingOf = (
  presented: number,
  { generation = 0, generationsIssuedAt = [] }: Generations,
  now: string,
): Standing => {
  if (presented === generation) return 'current'
  if (presented > generation) return 'unknown'
  const successorIssuedAt = generationsIssuedAt.at(presented - generation)
  return successorIssuedAt !== undefined && isInGrace(successorIssuedAt, now) ? 'graced' : 'reused'
}
