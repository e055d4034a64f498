import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import { Failure } from '../failure.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { authenticate, type MfaWorld, subjectOf } from './authenticate.ts'
import { isLive, type Session } from './person.ts'

type Credentials = Ask<unknown, unknown, z.infer<typeof schemas.credentials>>
type RefreshRequest = Ask<unknown, unknown, z.infer<typeof schemas.refreshRequest>>
type Tokens = z.infer<typeof schemas.tokens>

/** As long as Cognito honours the refresh token. */
const sessionMs = 30 * 86_400_000

/** Uses are written down at most so often: an access token lives as long, so most refreshes are. */
const useMs = 15 * 60_000

const bodyOf = ({ accessToken, expiresIn }: { accessToken: string; expiresIn: number }): Tokens => ({
  accessToken,
  tokenType: 'Bearer',
  expiresIn,
})

/** The session begins when the request came, hence before Cognito looked at the password. */
const sessionOf = (userId: string, id: string, { now, userAgent }: Ask): Session => ({
  id,
  userId,
  createdAt: now,
  expiresAt: new Date(Date.parse(now) + sessionMs).toISOString(),
  endedAt: null,
  userAgent,
})

export const signIn: UseCase<Credentials, MfaWorld, undefined, Tokens> = {
  run: async ({ ask }, _loaded, world) => {
    const { refreshTokenIn, ...credentials } = ask.body
    const given = { ...credentials, now: ask.now }
    const { grant, userId, sessionId, recoveryCodesLeft } = await authenticate(given, world)
    await world.people.addSession(sessionOf(userId, sessionId, ask))
    const body = { ...bodyOf(grant), ...(recoveryCodesLeft !== undefined && { recoveryCodesLeft }) }
    const { refreshToken } = grant
    return refreshTokenIn === 'cookie' ? { body, cookie: refreshToken } : { body: { ...body, refreshToken } }
  },
}

export const refresh: UseCase<RefreshRequest, AccountWorld, undefined, Tokens> = {
  run: async ({ ask }, _loaded, world) => {
    const refreshToken = ask.body.refreshToken ?? ask.refreshToken
    if (refreshToken === undefined) throw new Failure('unauthenticated')
    const grant = await world.identity.refresh(refreshToken)
    const { userId, sessionId } = await subjectOf(grant.accessToken, world)
    const [person, session] = await Promise.all([
      world.people.person(userId),
      world.people.session(userId, sessionId),
    ])
    if (person === undefined || session === undefined || !isLive(session, person, ask.now)) {
      throw new Failure('unauthenticated')
    }
    const { createdAt, lastUsedAt = createdAt } = session
    if (Date.parse(ask.now) - Date.parse(lastUsedAt) >= useMs) {
      await world.people.useSession(userId, sessionId, ask.now)
    }
    return { body: bodyOf(grant) }
  },
}
