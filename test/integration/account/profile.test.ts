import { afterAll, beforeAll, expect, test } from 'vitest'
import { editMe, getMe } from '../../../shared/api/routes/account.ts'
import { type Someone, startApp } from '../../support/app.ts'

let app: Awaited<ReturnType<typeof startApp>>
let ana: Someone
beforeAll(async () => {
  app = await startApp()
  ana = await app.person('Ana')
})
afterAll(() => app.close())

const profileOf = async (who: Someone) => (await app.call(who, getMe, {})).body
const edit = (body: object, who = ana) => app.call(who, editMe, { body })

test('the week of somebody who said nothing begins on Monday, without working hours', async () => {
  expect(await profileOf(await app.person('Noa'))).toMatchObject({ weekStart: 'MO', workingHours: null })
})

test('week start and working hours are kept, replaced as a whole, and taken back', async () => {
  const nights = { days: ['MO', 'TU', 'FR'], from: '22:00', to: '06:00' }
  expect((await edit({ weekStart: 'SU', workingHours: nights })).body).toMatchObject({
    weekStart: 'SU',
    workingHours: nights,
  })
  const days = { days: ['SA'], from: '09:00', to: '17:30' }
  await edit({ workingHours: days })
  expect(await profileOf(ana)).toMatchObject({ name: 'Ana', weekStart: 'SU', workingHours: days })
  await edit({ workingHours: null })
  expect(await profileOf(ana)).toMatchObject({ weekStart: 'SU', workingHours: null })
})

test('what is said again is no change', async () => {
  const workingHours = { days: ['MO'], from: '09:00', to: '17:00' }
  const first = await edit({ workingHours })
  const again = await edit({ workingHours: { ...workingHours } })
  expect(again.body.version).toBe(first.body.version)
})

const hours = (change: object) => ({ workingHours: { days: ['MO'], from: '09:00', to: '17:00', ...change } })

test.each([
  ['a day in full', { weekStart: 'Monday' }, '/weekStart'],
  ['no week start', { weekStart: null }, '/weekStart'],
  ['no day', hours({ days: [] }), '/workingHours/days'],
  ['a day twice', hours({ days: ['MO', 'MO'] }), '/workingHours/days'],
  ['an hour that does not exist', hours({ from: '24:00' }), '/workingHours/from'],
  ['hours without length', hours({ from: '17:00' }), '/workingHours'],
  ['half of the hours', { workingHours: { days: ['MO'], from: '09:00' } }, '/workingHours/to'],
])('%s is refused, and nothing changes', async (_, body, pointer) => {
  const before = await profileOf(ana)
  const reply = await edit(body)
  expect([reply.status, reply.body.errors?.[0]?.pointer]).toEqual([400, pointer])
  expect(await profileOf(ana)).toEqual(before)
})
