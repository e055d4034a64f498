import { expect, test } from 'vitest'
import type { Person } from '../../../shared/domain/account/person.ts'
import { editMe, getMe } from '../../../shared/domain/account/profile.ts'
import { accountApp, ana, refusal } from './accountApp.ts'

test('my profile has its version as ETag and nothing of my sessions', async () => {
  const app = accountApp()
  const { id, createdAt, updatedAt } = await app.register()
  const { body, version } = await app.run(getMe, undefined, { userId: id })
  expect(version).toBe(2)
  expect(body).toEqual({
    id,
    email: ana.email,
    name: 'Ana',
    language: 'en',
    zone: 'Europe/Madrid',
    weekStart: 'MO',
    workingHours: null,
    createdAt,
    updatedAt,
    version: 2,
  })
})

test('an edit changes what it names and raises the version', async () => {
  const app = accountApp()
  const { id } = await app.register()
  const { body, version } = await app.run(editMe, { name: 'Ana María' }, { userId: id, expected: 2 })
  expect(version).toBe(3)
  expect(body).toMatchObject({ name: 'Ana María', zone: 'Europe/Madrid', version: 3 })
  expect(app.personOf(ana.email)).toMatchObject({ name: 'Ana María', version: 3, updatedAt: body.updatedAt })
})

test('an edit that changes nothing writes nothing', async () => {
  const app = accountApp()
  const { id } = await app.register()
  const before = app.store.writes()
  expect((await app.run(editMe, { name: 'Ana' }, { userId: id })).version).toBe(2)
  expect((await app.run(editMe, {}, { userId: id })).version).toBe(2)
  expect(app.store.writes()).toBe(before)
})

test('an edit of another version than the present is refused', async () => {
  const app = accountApp()
  const { id } = await app.register()
  const request = app.run(editMe, { name: 'X' }, { userId: id, expected: 1 })
  expect((await refusal(request)).code).toBe('precondition-failed')
  expect(app.personOf(ana.email).name).toBe('Ana')
})

/** People among whom somebody else edits the zone just before the first write. */
const withRival = (app: ReturnType<typeof accountApp>, present: Person) => {
  const { people } = app.world
  let came = false
  return {
    ...people,
    editPerson: async (person: Person) => {
      if (!came) await people.editPerson({ ...present, zone: 'Asia/Tokyo', version: present.version + 1 })
      came = true
      return people.editPerson(person)
    },
  }
}

test('an edit without If-Match keeps what another wrote in between', async () => {
  const app = accountApp()
  const person = await app.register()
  const people = withRival(app, person)
  const { body } = await app.run(editMe, { name: 'Ann' }, { userId: person.id, world: { people } })
  expect(body).toMatchObject({ name: 'Ann', zone: 'Asia/Tokyo', version: 4 })
  expect(app.personOf(ana.email)).toMatchObject({ name: 'Ann', zone: 'Asia/Tokyo', version: 4 })
})

test('an edit with If-Match is refused when another wrote in between', async () => {
  const app = accountApp()
  const person = await app.register()
  const people = withRival(app, person)
  const request = app.run(editMe, { name: 'Ann' }, { userId: person.id, expected: 2, world: { people } })
  expect((await refusal(request)).code).toBe('precondition-failed')
  expect(app.personOf(ana.email)).toMatchObject({ name: 'Ana', zone: 'Asia/Tokyo', version: 3 })
})
