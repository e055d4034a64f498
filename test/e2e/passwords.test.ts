import { expect, test } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as passwords from '../../shared/api/routes/passwords.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { apiFor } from '../support/e2e/api.ts'
import { freshPassword, mailsLike, newPerson, signIn } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'

const nobody = apiFor()

requires('identity-change-password')(
  'a changed password replaces the old one and ends all other sessions, not this one',
  async () => {
    const person = await newPerson('Change')
    const other = await signIn(person)
    const newPassword = freshPassword()
    const body = { currentPassword: person.password, newPassword }
    await person.api.ok(passwords.changePassword, { body })
    await other.api.refused('unauthenticated', account.getMe)
    await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: other.refreshToken } })
    await person.api.ok(account.getMe)
    await nobody.ok(sessions.refresh, { body: { refreshToken: person.refreshToken } })
    await nobody.refused('wrong-credentials', sessions.signIn, { body: loginOf(person) })
    await signIn({ ...person, password: newPassword })
  },
)

const loginOf = ({ email, password }: { email: string; password: string }) => ({ email, password })

test('changing a password takes the current one and a new one that meets the policy', async () => {
  const person = await newPerson('Refused')
  await person.api.refused('wrong-credentials', passwords.changePassword, {
    body: { currentPassword: 'not it', newPassword: freshPassword() },
  })
  const { errors } = await person.api.refused('invalid-password', passwords.changePassword, {
    body: { currentPassword: person.password, newPassword: 'short' },
  })
  expect(errors?.[0]?.pointer).toBe('/newPassword')
  await person.api.ok(account.getMe)
  await signIn(person)
})

requires('identity-forgot-password')(
  'a forgotten password is reset with the code from the mail, which ends every session',
  async () => {
    const person = await newPerson('Forgot')
    const { email } = person
    const sent = (await mailsLike(email, /code/i)).length
    await nobody.ok(passwords.forgotPassword, { body: { email } })
    const mails = await mailsLike(email, /code/i, { count: sent + 1 })
    const code = /\b(\d{6})\b/.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
    const newPassword = freshPassword()
    const wrong = code === '123123' ? '321321' : '123123'
    await nobody.refused('invalid-code', passwords.resetPassword, {
      body: { email, code: wrong, newPassword },
    })
    const weak = { email, code, newPassword: 'short' }
    await nobody.refused('invalid-password', passwords.resetPassword, { body: weak })
    await person.api.ok(account.getMe)
    await nobody.ok(passwords.resetPassword, { body: { email, code, newPassword } })
    await person.api.refused('unauthenticated', account.getMe)
    await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: person.refreshToken } })
    await nobody.refused('wrong-credentials', sessions.signIn, { body: loginOf(person) })
    await signIn({ email, password: newPassword })
    await nobody.refused('invalid-code', passwords.resetPassword, { body: { email, code, newPassword } })
  },
)
