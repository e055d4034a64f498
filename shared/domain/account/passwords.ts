import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { openPerson } from './openPerson.ts'
import { requirePassword } from './password.ts'

type AskWith<Schema extends z.ZodMiniType> = Ask<unknown, unknown, z.infer<Schema>>
type WithoutReply<Schema extends z.ZodMiniType> = UseCase<AskWith<Schema>, AccountWorld, undefined, undefined>

/**
 * Ends sessions as of now, not as of the request: whoever signed in with the old password while Cognito was
 * replacing it goes as well.
 */
const endSessions = (userId: string, kept: string | null, { people, settings }: AccountWorld) =>
  people.endSessions(userId, new Date(settings.clock()).toISOString(), kept)

/**
 * Signs in with the current password, which proves it, and changes it with the token of that sign-in, which gets
 * no session of ours and is revoked whatever happens. Where Cognito gives no token but asks for a second factor, the
 * password is proven as well; the session that asks has shown the factor when it began.
 */
export const changePassword: WithoutReply<typeof schemas.passwordChange> = {
  run: async ({ ask, person }, _loaded, world) => {
    const { currentPassword, newPassword } = ask.body
    const { identity } = world
    requirePassword('/newPassword', newPassword)
    const proof = await identity.signIn(person.email, currentPassword)
    if ('session' in proof) {
      await identity.setPassword(person.email, newPassword)
      await endSessions(person.id, ask.sessionId, world)
      return { body: undefined }
    }
    const { accessToken, refreshToken } = proof
    try {
      await identity.changePassword(accessToken, currentPassword, newPassword)
      await endSessions(person.id, ask.sessionId, world)
    } finally {
      await identity.revoke(refreshToken)
    }
    return { body: undefined }
  },
}

export const forgotPassword: WithoutReply<typeof schemas.addressOnly> = {
  run: async ({ ask }, _loaded, { identity }) => {
    await identity.forgotPassword(ask.body.email)
    return { body: undefined }
  },
}

export const resetPassword: WithoutReply<typeof schemas.passwordReset> = {
  run: async ({ ask }, _loaded, world) => {
    const { email, code, newPassword } = ask.body
    requirePassword('/newPassword', newPassword)
    const account = await world.identity.resetPassword(email, code, newPassword)
    const ended = await endSessions(account.id, null, world)
    // A confirmation was cut off: this code proves the address as well.
    if (!ended.won) await openPerson(account, ask.now, world.people)
    return { body: undefined }
  },
}
