import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import type { PoolToken, RefreshToken } from './refreshToken.ts'

type SignOut = Ask<unknown, unknown, z.infer<typeof schemas.refreshRequest>>

type World = Omit<AccountWorld, 'settings'>

interface HandedIn extends PoolToken {
  readonly token: RefreshToken
}

/** The refresh token that is handed in, if it is one of this very session: it alone opens Cognito's. */
const handedIn = ({ body, refreshToken, userId, sessionId }: SignOut, { refreshTokens }: World) => {
  const text = body.refreshToken ?? refreshToken
  const token = text === undefined ? undefined : refreshTokens.read(text)
  return token?.userId === userId && token.sessionId === sessionId ? token : undefined
}

/** The session goes first: without it a refresh token is worthless here, even should Cognito not answer. */
export const signOut: UseCase<SignOut, World, HandedIn | undefined, undefined> = {
  load: async (ask, world) => {
    const token = handedIn(ask, world)
    const poolToken = token && (await world.people.poolToken(token.userId, token.sessionId))
    return token && poolToken && { ...poolToken, token }
  },
  run: async ({ ask }, found, world) => {
    const { userId, sessionId, now } = ask
    await world.people.endSession(userId, sessionId, { endedAt: now, endedBecause: 'signedOut' })
    if (found) await world.identity.revoke(world.refreshTokens.open(found.sealed, found.token))
    return { body: undefined, cookie: null }
  },
}

export const signOutEverywhere: UseCase<Ask, AccountWorld, undefined, undefined> = {
  run: async ({ ask }, _loaded, { people }) => {
    await people.endSessions(ask.userId, ask.now, null)
    return { body: undefined, cookie: null }
  },
}
