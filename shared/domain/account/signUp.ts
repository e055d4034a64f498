import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import { lift } from '../mail/suppression.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { openPerson } from './openPerson.ts'
import { requirePassword } from './password.ts'
import { newPerson } from './person.ts'

type AskWith<Schema extends z.ZodMiniType> = Ask<unknown, unknown, z.infer<Schema>>
type WithoutReply<Schema extends z.ZodMiniType> = UseCase<AskWith<Schema>, AccountWorld, undefined, undefined>

/**
 * Opens an account that waits for its confirmation. An address that has one already gets the same answer after
 * as many calls; should its code still be outstanding, it is mailed again.
 */
export const signUp: WithoutReply<typeof schemas.signUp> = {
  run: async ({ ask }, _loaded, { identity, people }) => {
    const { password, email, name, zone, language = ask.language } = ask.body
    requirePassword('/password', password)
    const account = { email, name, language, zone }
    const id = await identity.signUp(account, password)
    if (id === undefined) await identity.resendCode(email)
    else await people.addPerson(newPerson({ id, ...account }, 'unconfirmed', ask.now))
    return { body: undefined }
  },
}

/** The welcome mail follows from the person's becoming active. */
export const confirmSignUp: WithoutReply<typeof schemas.confirmation> = {
  run: async ({ ask }, _loaded, { identity, people, suppressions }) => {
    const { email, code, password } = ask.body
    requirePassword('/password', password)
    const account = await identity.confirm(email, code, password)
    // The code has arrived, and so will mails.
    await Promise.all([openPerson(account, ask.now, people), lift(email, ask.now, suppressions)])
    return { body: undefined }
  },
}

export const resendCode: WithoutReply<typeof schemas.addressOnly> = {
  run: async ({ ask }, _loaded, { identity }) => {
    await identity.resendCode(ask.body.email)
    return { body: undefined }
  },
}
