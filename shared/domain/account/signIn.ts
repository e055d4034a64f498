import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import { Failure } from '../failure.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { firstGeneration } from './generations.ts'
import { handedOut, type Tokens } from './handedOut.ts'
import type { Session } from './person.ts'

type Credentials = Ask<unknown, unknown, z.infer<typeof schemas.credentials>>

/** As long as Cognito honours the refresh token. */
const sessionMs = 30 * 86_400_000

/** Whom and which sign-in a token that Cognito has just issued stands for. */
const subjectOf = (accessToken: string, { settings }: AccountWorld) =>
  settings.verify(`Bearer ${accessToken}`).catch((cause: unknown) => {
    // Not the caller's fault: issuer, client or keys of this deployment are wrong.
    throw new Error('Cognito issued an access token that does not verify', { cause })
  })

/** The session begins when the request came, hence before Cognito looked at the password. */
const sessionOf = (userId: string, id: string, { now, userAgent }: Ask): Session => ({
  id,
  userId,
  createdAt: now,
  expiresAt: new Date(Date.parse(now) + sessionMs).toISOString(),
  endedAt: null,
  userAgent,
  ...firstGeneration(now),
})

/** Writes down what a sign-in needs to go on: its session and, sealed, Cognito's refresh token. */
const begin = async (session: Session, poolToken: string, { people, refreshTokens }: AccountWorld) => {
  const { userId, id: sessionId, expiresAt } = session
  const first = refreshTokens.begin(userId, sessionId)
  const sealed = refreshTokens.seal(poolToken, first)
  await Promise.all([
    people.addSession(session),
    people.addPoolToken({ userId, sessionId, sealed, expiresAt }),
  ])
  return refreshTokens.write(first)
}

export const signIn: UseCase<Credentials, AccountWorld, undefined, Tokens> = {
  run: async ({ ask }, _loaded, world) => {
    const { identity, people } = world
    const { email, password, refreshTokenIn } = ask.body
    const grant = await identity.signIn(email, password)
    const { userId, sessionId } = await subjectOf(grant.accessToken, world)
    const person = await people.person(userId)
    // A confirmation was cut off, perhaps before it replaced the password of whoever signed up with the address:
    // a reset of the password opens the account.
    if (person?.state !== 'active') throw new Failure('wrong-credentials')
    const session = sessionOf(userId, sessionId, ask)
    const refreshToken = await begin(session, grant.refreshToken, world)
    return handedOut(grant, { refreshToken, session, isCookie: refreshTokenIn === 'cookie' })
  },
}
