import type * as z from 'zod/mini'
import type * as schemas from '../../api/schemas/people.ts'
import { Failure } from '../failure.ts'
import type { People } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { AccountWorld } from './accountWorld.ts'
import { nextGeneration, standingOf } from './generations.ts'
import { handedOut, type Tokens } from './handedOut.ts'
import { isLive, type Person, type Session } from './person.ts'
import type { RefreshToken } from './refreshToken.ts'

type RefreshAsk = Ask<unknown, unknown, z.infer<typeof schemas.refreshRequest>>

/** A sign-in as the table has it, with Cognito's refresh token. */
interface Family {
  readonly token: RefreshToken
  readonly person: Person
  readonly session: Session
  readonly poolToken: string
}

/** Whatever is wrong with a refresh token is answered alike. */
const refused = (): Failure => new Failure('unauthenticated')

const read = async (token: RefreshToken, people: People) => {
  const { userId, sessionId } = token
  const [person, session, poolToken] = await Promise.all([
    people.person(userId),
    people.session(userId, sessionId),
    people.poolToken(userId, sessionId),
  ])
  return person && session && poolToken && { person, session, poolToken }
}

/** What a refresh token stands for. One that this deployment has not issued is refused before anything is read. */
const familyOf = async (text: string | undefined, world: AccountWorld): Promise<Family> => {
  const token = text === undefined ? undefined : world.refreshTokens.read(text)
  const found = token && (await read(token, world.people))
  if (token === undefined || found === undefined) throw refused()
  return { ...found, token, poolToken: world.refreshTokens.open(found.poolToken.sealed, token) }
}

/**
 * The session ends first: without it nothing that its tokens bring is good for anything, even should Cognito not
 * answer. Who holds the newer token, the thief or the person, nobody knows: both are out.
 */
const endReused = async ({ token, poolToken }: Family, now: string, { people, identity }: AccountWorld) => {
  await people.endSession(token.userId, token.sessionId, { endedAt: now, endedBecause: 'tokenReused' })
  await identity.revoke(poolToken)
}

/** Whether the token is the newest, or was until a moment ago. All others are refused, and one used before ends the family. */
const standingIn = async (
  family: Family,
  now: string,
  world: AccountWorld,
): Promise<'current' | 'graced'> => {
  const { token, session, person } = family
  if (!isLive(session, person, now)) throw refused()
  const standing = standingOf(token.generation, session, now)
  if (standing === 'current' || standing === 'graced') return standing
  if (standing === 'reused') await endReused(family, now, world)
  throw refused()
}

/**
 * The session with the generation to hand out. Of several that present the same token at once one moves it, and the
 * others hand out what that one made.
 */
const moved = async (family: Family, now: string, world: AccountWorld): Promise<Session> => {
  const { session } = family
  const next = { ...session, ...nextGeneration(session, now), lastUsedAt: now }
  const written = await world.people.rotate(session, next)
  if (written.won) return next
  if (written.present === undefined) throw refused()
  const instead = { ...family, session: written.present }
  if ((await standingIn(instead, now, world)) === 'graced') return instead.session
  throw new Error('a session went back by a generation')
}

/** Cognito is asked before the generation moves: while it does not answer, clients keep the token they have. */
export const refresh: UseCase<RefreshAsk, AccountWorld, undefined, Tokens> = {
  run: async ({ ask }, _loaded, world) => {
    const { body, now } = ask
    const family = await familyOf(body.refreshToken ?? ask.refreshToken, world)
    const standing = await standingIn(family, now, world)
    const grant = await world.identity.refresh(family.poolToken)
    const session = standing === 'graced' ? family.session : await moved(family, now, world)
    const { generation = 0 } = session
    const refreshToken = world.refreshTokens.write({ ...family.token, generation })
    return handedOut(grant, { refreshToken, session, isCookie: body.refreshToken === undefined })
  },
}
