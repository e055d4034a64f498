import type { MfaWorld } from '../../../shared/domain/account/authenticate.ts'
import { isLive, type Person } from '../../../shared/domain/account/person.ts'
import { signIn } from '../../../shared/domain/account/signIn.ts'
import { confirmSignUp, signUp } from '../../../shared/domain/account/signUp.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import type { Ask, Outcome, UseCase } from '../../../shared/domain/useCase.ts'
import type { Member } from '../../../shared/domain/workspaces/workspace.ts'
import { refreshTokensWith } from '../../../shared/http/refreshTokens.ts'
import { memorySuppressions } from '../domain/support/suppressions.ts'
import { fakePeople } from './fakePeople.ts'
import { code, fakePool } from './fakePool.ts'

export const password = 'correct horse battery'
export const ana = { email: 'ana@example.org', password, name: 'Ana', zone: 'Europe/Madrid' }

interface Caller {
  readonly userId: string
  readonly sessionId: string
}

/** The account use cases over a pool and people in memory; each request takes a second of the clock. */
export const accountApp = () => {
  const pool = fakePool()
  const store = fakePeople()
  const clock = { now: Date.parse('2026-11-21T09:00:00Z') }
  const world: MfaWorld = {
    people: store.people,
    identity: pool.identity,
    authenticators: pool.factors.authenticators,
    refreshTokens: refreshTokensWith('key of these tests'),
    suppressions: memorySuppressions().suppressions,
    settings: {
      verify: async (authorization) => {
        const [userId = '', sessionId = ''] = authorization.replace(/^Bearer /, '').split('/')
        if (!store.persons.has(userId) && sessionId === '') throw new Failure('unauthenticated')
        return { userId, sessionId }
      },
      clock: () => clock.now,
    },
  }

  const run = async <Body, Reply, Loaded = undefined>(
    useCase: UseCase<Ask<never, never, Body>, MfaWorld, Loaded, Reply>,
    body: Body,
    changes: Partial<Ask> & { readonly world?: Partial<MfaWorld> } = {},
  ): Promise<Outcome<Reply>> => {
    clock.now += 1000
    const { world: other, ...more } = changes
    const ask = {
      params: {},
      query: {},
      now: new Date(clock.now).toISOString(),
      userId: '',
      sessionId: '',
      userAgent: 'test',
      through: 'web',
      position: undefined,
      mark: null,
      expected: undefined,
      language: 'en' as const,
      refreshToken: undefined,
      ...more,
      body,
    } as Ask<never, never, Body>
    const person = store.persons.get(ask.userId) as Person
    const all = { ...world, ...other }
    const loaded = (await useCase.load?.(ask, all)) as Loaded
    return useCase.run({ ask, person, member: undefined as unknown as Member }, loaded, all)
  }

  const register = async (): Promise<Person> => {
    await run(signUp, ana)
    await run(confirmSignUp, { email: ana.email, code, password })
    return personOf(ana.email)
  }
  const personOf = (email: string): Person => {
    const found = [...store.persons.values()].find((person) => person.email === email)
    if (found === undefined) throw new Error(`nobody has ${email}`)
    return found
  }
  const enter = async (): Promise<Caller & { readonly refreshToken: string }> => {
    const { body } = await run(signIn, { email: ana.email, password, refreshTokenIn: 'body' as const })
    const { userId, sessionId } = await world.settings.verify(`Bearer ${body.accessToken}`)
    return { userId, sessionId, refreshToken: String(body.refreshToken) }
  }
  const lives = ({ userId, sessionId }: Caller): boolean => {
    const [person, session] = [store.persons.get(userId), store.sessions.get(sessionId)]
    return (
      person !== undefined &&
      session !== undefined &&
      isLive(session, person, new Date(clock.now).toISOString())
    )
  }
  return { pool, store, clock, world, run, register, personOf, enter, lives }
}

/** The failure that a request ends in: its code and the fields it names. */
export const refusal = async (request: Promise<unknown>): Promise<{ code: string; pointers: string[] }> => {
  const error = await request.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Failure)) throw new Error(`not refused: ${String(error)}`)
  return { code: error.code, pointers: error.errors.map(({ pointer }) => pointer) }
}
