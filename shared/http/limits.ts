import type { APIGatewayProxyEvent } from 'aws-lambda'
import type { Throttle } from '../api/throttles.ts'
import type { Person } from '../domain/account/person.ts'
import type { Standing } from '../domain/throttle/bucket.ts'
import type { Pace } from '../domain/throttle/pace.ts'
import type { Ask, Outcome } from '../domain/useCase.ts'

/**
 * RateLimit fields (draft-ietf-httpapi-ratelimit-headers-10): of each policy the quota, the seconds in which all of it
 * comes back, what remains, and the seconds until the whole is there again. How much of an account's has been used,
 * and so whether anybody has been at it, is told only where it is used up.
 */
export const limitHeaders = (standings: readonly Standing[] = []): Record<string, string> => {
  if (standings.length === 0) return {}
  const policies = standings.map(
    ({ name, limit: { burst, everySeconds } }) => `"${name}";q=${burst};w=${Math.ceil(burst * everySeconds)}`,
  )
  const states = standings
    .filter(({ name, isRefused }) => name === 'address' || isRefused)
    .map(({ name, remaining, fullInSeconds }) => `"${name}";r=${remaining};t=${fullInSeconds}`)
  return { 'ratelimit-policy': policies.join(', '), ratelimit: states.join(', ') }
}

/**
 * Where the request comes from: the other end of the connection that API Gateway saw. No header says so as surely,
 * since callers write those themselves.
 */
const addressOf = ({ requestContext }: APIGatewayProxyEvent): string =>
  requestContext.identity?.sourceIp ?? 'unknown'

/** The account that an attempt is at: the caller's own, that of the address in the body, or of the link's token. */
const accountOf = ({ body, params }: Ask, person: Person | undefined): string => {
  const { email } = (body ?? {}) as { readonly email?: string }
  const account = person?.email ?? email ?? (params as { readonly token?: string }).token
  if (account === undefined) throw new Error('nothing says at which account this attempt is')
  return account
}

interface Attempt<Body> {
  readonly event: APIGatewayProxyEvent
  readonly ask: Ask
  readonly person: Person | undefined
  readonly run: () => Promise<Outcome<Body>>
}

/** What counts attempts. Only the settings of functions whose routes declare limits have it; the rest do not load it. */
export interface Counting {
  attempt<Body>(limits: Throttle, attempt: Attempt<Body>): Promise<Outcome<Body>>
  headers(standings: readonly Standing[] | undefined): Record<string, string>
}

export const countingWith = (pace: Pace): Counting => ({
  attempt: (limits, { event, ask, person, run }) => {
    const subject = { account: accountOf(ask, person), address: addressOf(event), now: Date.parse(ask.now) }
    return pace(limits, subject, run)
  },
  headers: limitHeaders,
})
