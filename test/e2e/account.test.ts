import { expect, test } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { apiFor } from '../support/e2e/api.ts'
import {
  codeMailedTo,
  freshAddress,
  freshPassword,
  mailLike,
  mailsLike,
  mailsTo,
  newPerson,
  signIn,
  signUp,
} from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

const nobody = apiFor()
const welcome = /^Welcome to Duely$/

test('an account opens with the code from the mail, and one welcome mail follows', async () => {
  const login = await signUp('Ana Duarte', { language: 'en', zone: 'Europe/Lisbon' })
  await nobody.refused('wrong-credentials', sessions.signIn, { body: login })
  const code = await codeMailedTo(login.email)
  await nobody.ok(account.confirmSignUp, { body: { ...login, code } })
  const { api } = await signIn(login)
  const { body, headers } = await api.ok(account.getMe)
  expect(body).toMatchObject({
    email: login.email,
    name: 'Ana Duarte',
    language: 'en',
    zone: 'Europe/Lisbon',
  })
  expect(headers.get('etag')).toBe(`"${body.version}"`)
  const mail = await mailLike(login.email, welcome)
  expect(mail.text).toContain('Ana Duarte')
  expect(mail.html).toContain('Ana Duarte')
})

test('confirming again, signing in and being invited bring no second welcome mail', async () => {
  const [team, person] = await Promise.all([newTeam(), newPerson('Once')])
  await mailLike(person.email, welcome)
  const { email } = person
  await nobody.refused('invalid-code', account.confirmSignUp, {
    body: { email, password: person.password, code: '000000' },
  })
  await signIn(person)
  await person.api.ok(account.editMe, { body: { name: 'Twice' } })
  // The invitation goes the same way as a welcome mail would, later.
  await team.admit(person, 'member')
  await team.addTask({ title: 'Behind everything else', assigneeIds: [person.id] })
  await mailLike(email, /Behind everything else/)
  expect((await mailsTo(email)).filter(({ subject }) => welcome.test(subject))).toHaveLength(1)
})

test('the welcome mail speaks the language of the person', async () => {
  const person = await newPerson('Greta', { language: 'de' })
  const mail = await mailLike(person.email, /Willkommen/)
  expect(mail.html).toMatch(/lang="de"/)
})

test('the language of a new account is the one its client asks for', async () => {
  const login = { email: freshAddress('yuki'), password: freshPassword() }
  const headers = { 'accept-language': 'ja, en;q=0.5' }
  await nobody.ok(account.signUp, { body: { ...login, name: 'Yuki' }, headers })
  await nobody.ok(account.confirmSignUp, {
    body: { ...login, code: await codeMailedTo(login.email) },
  })
  const { api } = await signIn(login)
  expect((await api.ok(account.getMe)).body.language).toBe('ja')
})

requires('identity-wrong-code')('a wrong code opens nothing and leaves the right one good', async () => {
  const login = await signUp('Wrong')
  const code = await codeMailedTo(login.email)
  const wrong = code === '123123' ? '321321' : '123123'
  await nobody.refused('invalid-code', account.confirmSignUp, { body: { ...login, code: wrong } })
  await nobody.refused('wrong-credentials', sessions.signIn, { body: login })
  await nobody.ok(account.confirmSignUp, { body: { ...login, code } })
  await signIn(login)
})

requires('identity-resend')('the code can be mailed again, and opens the account', async () => {
  const login = await signUp('Resend')
  await codeMailedTo(login.email)
  await nobody.ok(account.resendCode, { body: { email: login.email } })
  const code = await codeMailedTo(login.email, 2)
  await nobody.ok(account.confirmSignUp, { body: { ...login, code } })
  await signIn(login)
})

test('addresses compare without case and surrounding space', async () => {
  const person = await newPerson('Case')
  const { api } = await signIn({ ...person, email: `  ${person.email.toUpperCase()} ` })
  expect((await api.ok(account.getMe)).body).toMatchObject({ id: person.id, email: person.email })
})

test('a profile is edited field by field, under its ETag', async () => {
  const { api } = await newPerson('Before')
  const { body: first, headers } = await api.ok(account.getMe)
  const patched = await api.ok(account.editMe, {
    body: { name: 'After', zone: 'Asia/Tokyo' },
    headers: { 'if-match': String(headers.get('etag')) },
  })
  expect(patched.body).toMatchObject({ name: 'After', zone: 'Asia/Tokyo', language: first.language })
  expect(patched.headers.get('etag')).not.toBe(headers.get('etag'))
  const stale = { body: { name: 'Stale' }, headers: { 'if-match': String(headers.get('etag')) } }
  await api.refused('precondition-failed', account.editMe, stale)
  const { status } = await api.send(account.getMe, {
    headers: { 'if-none-match': String(patched.headers.get('etag')) },
  })
  expect(status).toBe(304)
})

test.each([
  [{ zone: 'Mars/Olympus' }, '/zone'],
  [{ zone: '+01:00' }, '/zone'],
  [{ language: 'tlh' }, '/language'],
  [{ name: '' }, '/name'],
  [{ name: 'nul \u0000' }, '/name'],
  [{ email: 'other@example.com' }, '/email'],
])('the profile refuses %j and names the field', async (body, pointer) => {
  const { errors } = await (await somebody()).refused('invalid-request', account.editMe, { body })
  expect(errors).toEqual([{ pointer, detail: expect.any(String) }])
})
let shared: ReturnType<typeof newPerson> | undefined
const somebody = async () => {
  shared ??= newPerson('Shared')
  return (await shared).api
}

test.each([
  ['too short', 'short'],
  ['with a space before', ' correct horse battery staple'],
])('a password %s is refused with what is required, and no mail goes out', async (_what, password) => {
  const email = freshAddress('weak')
  const refusal = await nobody.refused('invalid-password', account.signUp, {
    body: { email, password, name: 'Weak' },
  })
  expect(refusal.errors).toEqual([{ pointer: '/password', detail: expect.stringContaining('12') }])
  // The address is still free, and the one code that comes is that of the sign-up that went through.
  await nobody.ok(account.signUp, { body: { email, password: freshPassword(), name: 'Strong' } })
  expect(await mailsLike(email, /code/i)).toHaveLength(1)
})
