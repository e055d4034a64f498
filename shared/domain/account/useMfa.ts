import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/mfa.ts'
import { edit } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { type MfaWorld, proven } from './authenticate.ts'
import { withMfa } from './mfa.ts'
import { newRecoveryCodes } from './mfaRecoveryCodes.ts'
import type { Person } from './person.ts'

type AskWith<Schema extends z.ZodMiniType> = Ask<unknown, unknown, z.infer<Schema>>
type Codes = z.infer<typeof schemas.recoveryCodes>

export const getMfa: UseCase<Ask, unknown, undefined, z.infer<typeof schemas.mfaState>> = {
  run: async ({ person: { mfa } }) => ({
    body: {
      enabled: mfa !== undefined,
      enabledAt: mfa?.enabledAt ?? null,
      recoveryCodesLeft: mfa?.recoveryCodes.length ?? 0,
    },
  }),
}

const requireOff = ({ mfa }: Person): void => {
  if (mfa !== undefined) {
    throw new Failure('conflict', 'The second factor is on. Switch it off to enrol another authenticator.')
  }
}
const requireOn = ({ mfa }: Person) => {
  if (mfa === undefined) throw new Failure('conflict', 'The second factor is off.')
  return mfa
}

/** What authenticators read from a QR code (Key URI Format of Google Authenticator). */
const uriOf = (email: string, secret: string): string =>
  `otpauth://totp/Duely:${encodeURIComponent(email)}?secret=${secret}&issuer=Duely`

export const enrolTotp: UseCase<
  AskWith<typeof schemas.passwordProof>,
  MfaWorld,
  undefined,
  z.infer<typeof schemas.totpEnrolment>
> = {
  run: async ({ ask, person }, _loaded, world) => {
    requireOff(person)
    const secret = await proven(person, ask.body, ask.now, world, ({ grant }) =>
      world.authenticators.enrol(grant.accessToken),
    )
    return { body: { secret, uri: uriOf(person.email, secret) } }
  },
}

/** From the write of the person on it is on: should Cognito not hear of it, the next sign-in tells it. */
export const confirmTotp: UseCase<AskWith<typeof schemas.codeProof>, MfaWorld, undefined, Codes> = {
  run: async ({ ask, person }, _loaded, world) => {
    requireOff(person)
    const { authenticators, people } = world
    const { password, code } = ask.body
    const { codes, hashes } = newRecoveryCodes()
    const switchedOn = (present: Person): Person => {
      requireOff(present)
      return withMfa(present, { enabledAt: ask.now, recoveryCodes: hashes }, ask.now)
    }
    await proven(person, { password }, ask.now, world, async ({ grant }) => {
      await authenticators.verify(grant.accessToken, code)
      await edit(person, undefined, switchedOn, people.setMfa)
      await authenticators.require(person.email, true)
    })
    return { body: { recoveryCodes: codes } }
  },
}

export const renewRecoveryCodes: UseCase<AskWith<typeof schemas.codeProof>, MfaWorld, undefined, Codes> = {
  run: async ({ ask, person }, _loaded, world) => {
    requireOn(person)
    const { codes, hashes } = newRecoveryCodes()
    const renewed = (present: Person): Person =>
      withMfa(present, { ...requireOn(present), recoveryCodes: hashes }, ask.now)
    await proven(person, ask.body, ask.now, world, () =>
      edit(person, undefined, renewed, world.people.setMfa),
    )
    return { body: { recoveryCodes: codes } }
  },
}

/** Off from the write of the person on, as above. */
export const disableTotp: UseCase<AskWith<typeof schemas.fullProof>, MfaWorld, undefined, undefined> = {
  run: async ({ ask, person }, _loaded, world) => {
    requireOn(person)
    // The last recovery code has switched it off by now.
    const switchedOff = (present: Person): Person =>
      present.mfa === undefined ? present : withMfa(present, undefined, ask.now)
    await proven(person, ask.body, ask.now, world, async (holder) => {
      await edit(holder.person, undefined, switchedOff, world.people.setMfa)
      await world.authenticators.require(person.email, false)
    })
    return { body: undefined }
  },
}
