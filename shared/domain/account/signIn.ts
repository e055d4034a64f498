import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { authenticate, type MfaWorld } from './authenticate.ts'
import { firstGeneration } from './generations.ts'
import { handedOut, type Tokens } from './handedOut.ts'
import type { Session } from './person.ts'

type Credentials = Ask<unknown, unknown, z.infer<typeof schemas.credentials>>

/** As long as Cognito honours the refresh token. */
const sessionDays = 30

/** The session begins when the request came, hence before Cognito looked at the password. */
const sessionOf = (userId: string, id: string, { now, userAgent }: Ask): Session => ({
  id,
  userId,
  createdAt: now,
  expiresAt: daysAfter(now, sessionDays),
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

export const signIn: UseCase<Credentials, MfaWorld, undefined, Tokens> = {
  run: async ({ ask }, _loaded, world) => {
    const { refreshTokenIn, ...credentials } = ask.body
    const given = { ...credentials, now: ask.now }
    const { grant, userId, sessionId, recoveryCodesLeft } = await authenticate(given, world)
    const session = sessionOf(userId, sessionId, ask)
    const refreshToken = await begin(session, grant.refreshToken, world)
    const outcome = handedOut(grant, { refreshToken, session, isCookie: refreshTokenIn === 'cookie' })
    return recoveryCodesLeft === undefined
      ? outcome
      : { ...outcome, body: { ...outcome.body, recoveryCodesLeft } }
  },
}
