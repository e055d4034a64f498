import { describe, expect, test } from 'vitest'
import type { MfaWorld } from '../../../shared/domain/account/authenticate.ts'
import { signIn } from '../../../shared/domain/account/signIn.ts'
import {
  confirmTotp,
  disableTotp,
  enrolTotp,
  renewRecoveryCodes,
} from '../../../shared/domain/account/useMfa.ts'
import { rightCode } from '../../support/fakeAuthenticators.ts'
import { accountApp, ana, password, refusal } from './accountApp.ts'

type When = 'before' | 'behind'
type App = ReturnType<typeof accountApp>

/** The world of a function that dies at its call number `n`, before it or behind it: nothing is done any more. */
const dyingAt = (n: number, when: When, { people, identity, authenticators }: MfaWorld) => {
  let calls = 0
  const around = <Methods extends object>(methods: Methods): Methods =>
    new Proxy(methods, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver)
        if (typeof member !== 'function') return member
        return async (...given: unknown[]) => {
          const call = ++calls
          if (call > n || (call === n && when === 'before')) throw new Error('dead')
          const result: unknown = await member.apply(target, given)
          if (call === n) throw new Error('dead')
          return result
        }
      },
    })
  const world = {
    people: around(people),
    identity: around(identity),
    authenticators: around(authenticators),
  }
  return { world, hasDied: () => calls >= n }
}

/** Somebody with a session who has enrolled, and confirmed if `isOn`, with a recovery code. */
const prepared = async (isOn: boolean) => {
  const app = accountApp()
  await app.register()
  const caller = await app.enter()
  await app.run(enrolTotp, { password }, caller)
  if (!isOn) return { app, caller, recoveryCode: '' }
  const { body } = await app.run(confirmTotp, { password, code: rightCode(1) }, caller)
  return { app, caller, recoveryCode: String(body.recoveryCodes[0]) }
}
type Prepared = Awaited<ReturnType<typeof prepared>>

const enter = (
  app: App,
  more: { code?: string; recoveryCode?: string } = {},
  world: Partial<MfaWorld> = {},
) => app.run(signIn, { email: ana.email, password, refreshTokenIn: 'body' as const, ...more }, { world })

/** What must hold whatever has happened: the item decides, and its owner comes in. */
const holds = async (app: App): Promise<'on' | 'off'> => {
  if (app.personOf(ana.email).mfa === undefined) {
    await enter(app)
    return 'off'
  }
  expect((await refusal(enter(app))).code).toBe('mfa-required')
  await enter(app, { code: rightCode(99) })
  return 'on'
}

const code = rightCode(2)
const requests: Record<string, (given: Prepared, world: Partial<MfaWorld>) => Promise<unknown>> = {
  'switching on': ({ app, caller }, world) => app.run(confirmTotp, { password, code }, { ...caller, world }),
  'switching off': ({ app, caller }, world) => app.run(disableTotp, { password, code }, { ...caller, world }),
  'switching off by a recovery code': ({ app, caller, recoveryCode }, world) =>
    app.run(disableTotp, { password, recoveryCode }, { ...caller, world }),
  'new recovery codes': ({ app, caller }, world) =>
    app.run(renewRecoveryCodes, { password, code }, { ...caller, world }),
  'a sign-in with a code': ({ app }, world) => enter(app, { code }, world),
  'a sign-in with a recovery code': ({ app, recoveryCode }, world) => enter(app, { recoveryCode }, world),
}

describe.each(Object.keys(requests))('%s may be cut off anywhere', (name) => {
  test.each(['before', 'behind'] as const)(
    '%s any call: the item decides who comes in, and how',
    async (when) => {
      const states: string[] = []
      for (let n = 1; ; n++) {
        const given = await prepared(name !== 'switching on')
        const { world, hasDied } = dyingAt(n, when, given.app.world)
        await requests[name]?.(given, world).catch((error: Error) => expect(error.message).toBe('dead'))
        states.push(await holds(given.app))
        if (!hasDied()) break
      }
      // At least the sign-in, the write and the preference.
      expect(states.length).toBeGreaterThan(3)
      expect(states.at(-1)).toBe(name.startsWith('switching off') ? 'off' : 'on')
    },
  )
})

test('the last recovery code, cut off anywhere, locks nobody out', async () => {
  for (let n = 1; ; n++) {
    const { app, caller, recoveryCode } = await prepared(true)
    const person = app.personOf(ana.email)
    const { mfa } = person
    if (mfa === undefined) throw new Error('it is not on')
    app.store.persons.set(caller.userId, {
      ...person,
      mfa: { ...mfa, recoveryCodes: mfa.recoveryCodes.slice(0, 1) },
    })
    const { world, hasDied } = dyingAt(n, 'behind', app.world)
    await enter(app, { recoveryCode }, world).catch((error: Error) => expect(error.message).toBe('dead'))
    await holds(app)
    if (!hasDied()) return
  }
})

test('of an account that is given up meanwhile no second factor changes, and no write is tried again', async () => {
  const { app, caller } = await prepared(false)
  const verify: MfaWorld['authenticators']['verify'] = async (...given) => {
    await app.world.authenticators.verify(...given)
    const person = app.personOf(ana.email)
    app.store.persons.set(person.id, { ...person, state: 'deleting', version: person.version + 1 })
  }
  const world = { authenticators: { ...app.world.authenticators, verify } }
  const before = app.store.writes()
  const switched = app.run(confirmTotp, { password, code: rightCode(1) }, { ...caller, world })
  expect((await refusal(switched)).code).toBe('unauthenticated')
  expect(app.store.writes() - before).toBe(1)
  expect(app.personOf(ana.email).mfa).toBeUndefined()
})

test('a proof leaves no tokens behind, whether or not it led to anything', async () => {
  const { app, caller } = await prepared(true)
  const { refreshTokens } = app.pool
  expect(refreshTokens.size).toBe(1)
  await app.run(renewRecoveryCodes, { password, code }, caller)
  await app.run(disableTotp, { password, code: rightCode(3) }, caller)
  await app.run(enrolTotp, { password }, caller)
  expect((await refusal(app.run(confirmTotp, { password, code: '000000' }, caller))).code).toBe(
    'invalid-code',
  )
  expect(refreshTokens.size).toBe(1)
})
