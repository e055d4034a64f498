import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'

type SignOut = Ask<unknown, unknown, z.infer<typeof schemas.refreshRequest>>

/** The session goes first: without it a refresh token is worthless here, even should Cognito not answer. */
export const signOut: UseCase<SignOut, AccountWorld, undefined, undefined> = {
  run: async ({ ask }, _loaded, { identity, people }) => {
    const refreshToken = ask.body.refreshToken ?? ask.refreshToken
    await people.endSession(ask.userId, ask.sessionId, ask.now)
    if (refreshToken !== undefined) await identity.revoke(refreshToken)
    return { body: undefined, cookie: null }
  },
}

export const signOutEverywhere: UseCase<Ask, AccountWorld, undefined, undefined> = {
  run: async ({ ask }, _loaded, { people }) => {
    await people.endSessions(ask.userId, ask.now, null)
    return { body: undefined, cookie: null }
  },
}
