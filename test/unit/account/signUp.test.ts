import { describe, expect, test } from 'vitest'
import { newPerson } from '../../../shared/domain/account/person.ts'
import { confirmSignUp, resendCode, signUp } from '../../../shared/domain/account/signUp.ts'
import { accountApp, ana, refusal } from './accountApp.ts'
import { code } from './fakePool.ts'

const confirmation = { email: ana.email, code, password: ana.password }

describe('sign-up', () => {
  test('makes a person who waits for the confirmation, in the language of the request', async () => {
    const app = accountApp()
    await app.run(signUp, ana, { language: 'de' })
    expect(app.personOf(ana.email)).toMatchObject({
      name: 'Ana',
      language: 'de',
      zone: 'Europe/Madrid',
      state: 'unconfirmed',
      version: 1,
    })
  })

  test('of a known address answers the same, and changes nobody', async () => {
    const app = accountApp()
    const first = await app.run(signUp, ana)
    const before = [...app.store.persons.values()]
    const again = await app.run(signUp, { ...ana, name: 'Mallory', password: 'another good password' })
    expect(again).toEqual(first)
    expect([...app.store.persons.values()]).toEqual(before)
  })

  test('again before the confirmation mails the code again; after it, nothing', async () => {
    const app = accountApp()
    await app.run(signUp, ana)
    await app.run(signUp, ana)
    expect(app.pool.mailed).toEqual([ana.email, ana.email])
    await app.run(confirmSignUp, confirmation)
    await app.run(signUp, ana)
    expect(app.pool.mailed).toHaveLength(2)
  })

  test.each(['elevenchars', ' with a space before', 'with a space after '])(
    'refuses the password “%s” before it asks the pool',
    async (password) => {
      const app = accountApp()
      expect(await refusal(app.run(signUp, { ...ana, password }))).toEqual({
        code: 'invalid-password',
        pointers: ['/password'],
      })
      expect(app.pool.registered.size).toBe(0)
    },
  )
})

describe('confirmation', () => {
  test('makes the person active', async () => {
    const app = accountApp()
    await app.run(signUp, ana)
    await app.run(confirmSignUp, confirmation)
    expect(app.personOf(ana.email)).toMatchObject({ state: 'active', version: 2 })
  })

  test('after a sign-up that stopped between pool and table still ends with the person', async () => {
    const app = accountApp()
    const broken = {
      ...app.world.people,
      addPerson: async () => {
        throw new Error('cut off')
      },
    }
    await expect(app.run(signUp, ana, { world: { people: broken } })).rejects.toThrow('cut off')
    expect(app.store.persons.size).toBe(0)
    // The person tries again, as people do.
    await app.run(signUp, ana)
    await app.run(confirmSignUp, confirmation)
    expect(app.personOf(ana.email)).toMatchObject({ state: 'active', name: 'Ana', zone: 'Europe/Madrid' })
  })

  test('meets a sign-up that puts the person in that very moment', async () => {
    const app = accountApp()
    const id = await app.pool.identity.signUp({ ...ana, language: 'en' }, ana.password)
    const late = newPerson(
      { ...ana, id: String(id), language: 'en' },
      'unconfirmed',
      '2026-11-21T08:00:00.000Z',
    )
    const { people } = app.world
    const racing = {
      ...people,
      addPerson: async (person: typeof late) => {
        await people.addPerson(late)
        return people.addPerson(person)
      },
    }
    await app.run(confirmSignUp, confirmation, { world: { people: racing } })
    expect(app.personOf(ana.email).state).toBe('active')
  })

  test('puts the password of who holds the code in the place of the one that the account was opened with', async () => {
    const app = accountApp()
    await app.run(signUp, { ...ana, password: 'the password of a stranger' })
    await app.run(confirmSignUp, confirmation)
    expect(app.pool.registered.get(ana.email)?.password).toBe(ana.password)
  })

  test('with a wrong code and for an unknown address is refused alike', async () => {
    const app = accountApp()
    await app.run(signUp, ana)
    const wrong = await refusal(app.run(confirmSignUp, { ...confirmation, code: '000000' }))
    const unknown = await refusal(app.run(confirmSignUp, { ...confirmation, email: 'nobody@example.org' }))
    expect(wrong).toEqual({ code: 'invalid-code', pointers: [] })
    expect(unknown).toEqual(wrong)
    expect(app.personOf(ana.email).state).toBe('unconfirmed')
  })
})

test('a code asked for again answers the same for every address', async () => {
  const app = accountApp()
  await app.run(signUp, ana)
  const known = await app.run(resendCode, { email: ana.email })
  expect(await app.run(resendCode, { email: 'nobody@example.org' })).toEqual(known)
  expect(app.pool.mailed).toEqual([ana.email, ana.email])
})
