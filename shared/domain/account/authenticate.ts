import { edit } from '../edited.ts'
import { Failure, invalidField } from '../failure.ts'
import type { Challenge, Grant, People } from '../ports.ts'
import type { AccountWorld } from './accountWorld.ts'
import { type Authenticators, type Proof, withMfa, wrongCode } from './mfa.ts'
import { withoutCode } from './mfaRecoveryCodes.ts'
import type { Person } from './person.ts'

/** What it takes to know somebody by password and second factor. */
export interface MfaWorld extends AccountWorld {
  readonly people: People & MfaStore
  readonly authenticators: Authenticators
}

export interface MfaStore {
  /** Sets or removes the second factor of an active person. Loses to any write since the state it was made from. */
  setMfa(person: Person): ReturnType<People['editPerson']>
}

/** Somebody who has shown who they are, with tokens that no session of ours stands behind yet. */
export interface Authenticated {
  readonly grant: Grant
  readonly userId: string
  readonly sessionId: string
  readonly person: Person
  /** After one of them was used. */
  readonly recoveryCodesLeft?: number
}

/** Whom and which sign-in a token that Cognito has just issued stands for. */
const subjectOf = (accessToken: string, { settings }: Pick<AccountWorld, 'settings'>) =>
  settings.verify(`Bearer ${accessToken}`).catch((cause: unknown) => {
    // Not the caller's fault: issuer, client or keys of this deployment are wrong.
    throw new Error('Cognito issued an access token that does not verify', { cause })
  })

/**
 * A confirmation may have been cut off, perhaps before it replaced the password of whoever signed up with the
 * address: a reset of the password opens the account.
 */
const requireActive = (person: Person | undefined): Person => {
  if (person?.state !== 'active') throw new Failure('wrong-credentials')
  return person
}

interface Given extends Proof {
  readonly email: string
  readonly now: string
  /** Whose account it is, where that is known. */
  readonly person?: Person
}

/**
 * The address has to be the person's own: who holds an access token of Cognito's may set another one there, past our API,
 * and then a password with a code that is mailed to it.
 */
const holderOf = async (grant: Grant, given: Given, world: MfaWorld): Promise<Authenticated> => {
  const subject = await subjectOf(grant.accessToken, world)
  const person = requireActive(given.person ?? (await world.people.person(subject.userId)))
  if (person.id !== subject.userId || person.email !== given.email) throw new Failure('wrong-credentials')
  return { ...subject, grant, person }
}

const attempts = 5

/** Others who sign in meanwhile make Cognito ask again, hence several attempts. */
const withoutChallenge = async ({ email, password }: Given, world: MfaWorld): Promise<Grant> => {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await world.authenticators.require(email, false)
    const answer = await world.identity.signIn(email, password)
    if ('accessToken' in answer) return answer
  }
  throw new Failure('unavailable', 'Too many sign-ins of this account run at the same time.')
}

/** Takes a recovery code away, in one write that one of several such requests wins. The last switches off. */
const consume = (person: Person, typed: string, now: string, { people }: MfaWorld): Promise<Person> => {
  const decide = (present: Person): Person => {
    requireActive(present)
    const left = present.mfa && withoutCode(present.mfa.recoveryCodes, typed)
    if (present.mfa === undefined || left === undefined) throw wrongCode()
    return withMfa(present, left.length === 0 ? undefined : { ...present.mfa, recoveryCodes: left }, now)
  }
  return edit(person, undefined, decide, people.setMfa)
}

/** Cognito knows no recovery codes: it is made not to ask for the moment of this sign-in. */
const recovered = async (given: Given, typed: string, person: Person, world: MfaWorld) => {
  const left = await consume(person, typed, given.now, world)
  const { mfa } = left
  try {
    const holder = await holderOf(await withoutChallenge(given, world), { ...given, person: left }, world)
    return { ...holder, recoveryCodesLeft: mfa?.recoveryCodes.length ?? 0 }
  } finally {
    if (mfa !== undefined) await world.authenticators.require(given.email, true)
  }
}

const challenged = async (given: Given, challenge: Challenge, world: MfaWorld): Promise<Authenticated> => {
  const { email, code, recoveryCode } = given
  const { authenticators, people } = world
  if (code !== undefined) return holderOf(await authenticators.answer(challenge, code), given, world)
  const person = requireActive(given.person ?? (await people.person(await authenticators.userIdOf(email))))
  // It was switched off, and Cognito has not been told.
  if (person.mfa === undefined) return holderOf(await withoutChallenge(given, world), given, world)
  if (recoveryCode !== undefined) return recovered(given, recoveryCode, person, world)
  throw new Failure('mfa-required', 'Send the request again with a code of the authenticator as well.')
}

/**
 * Knows somebody by the password and, where their item says so, by a second factor. The item decides, not Cognito,
 * which cannot change together with it: whichever way they differ, Cognito is brought in line here.
 */
export const authenticate = async (given: Given, world: MfaWorld): Promise<Authenticated> => {
  const { email, password, code, recoveryCode } = given
  if (code !== undefined && recoveryCode !== undefined) {
    throw invalidField('/recoveryCode', 'must be left out where a code of the authenticator is given')
  }
  const { identity, authenticators } = world
  const answer = await identity.signIn(email, password)
  if ('session' in answer) return challenged(given, answer, world)
  const holder = await holderOf(answer, given, world)
  if (holder.person.mfa === undefined) return holder
  await identity.revoke(answer.refreshToken)
  await authenticators.require(email, true)
  const again = await identity.signIn(email, password)
  if ('session' in again) return challenged(given, again, world)
  await identity.revoke(again.refreshToken)
  throw new Failure('unavailable', 'Too many sign-ins of this account run at the same time.')
}

/** Proves once more who asks, and does something with the access token of that proof, which is worthless afterwards. */
export const proven = async <Result>(
  person: Person,
  proof: Proof,
  now: string,
  world: MfaWorld,
  act: (holder: Authenticated) => Promise<Result>,
): Promise<Result> => {
  const holder = await authenticate({ ...proof, email: person.email, now, person }, world)
  try {
    return await act(holder)
  } finally {
    await world.identity.revoke(holder.grant.refreshToken)
  }
}
