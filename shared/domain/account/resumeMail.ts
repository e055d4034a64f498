import { Failure } from '../failure.ts'
import { holds, lift, liftableFrom, type Suppressions } from '../mail/suppression.ts'
import type { Ask, UseCase } from '../useCase.ts'

/** Has mails sent to the caller's address again after they came back; an address that gets them stays as it is. */
export const resumeMail: UseCase<Ask, { readonly suppressions: Suppressions }, undefined, undefined> = {
  run: async ({ ask, person }, _loaded, { suppressions }) => {
    const present = await lift(person.email, ask.now, suppressions)
    if (holds(present)) {
      const detail = `A mail was reported as spam at your address. Mails can be sent again from ${liftableFrom(present)} on.`
      throw new Failure('conflict', detail)
    }
    return { body: undefined }
  },
}
