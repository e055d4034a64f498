import { expect } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as mfa from '../../shared/api/routes/mfa.ts'
import * as passwords from '../../shared/api/routes/passwords.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import * as tokens from '../../shared/api/routes/tokens.ts'
import { apiFor } from '../support/e2e/api.ts'
import { freshPassword, mailLike, mailsLike, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { shownBy } from '../support/totp.ts'

const nobody = apiFor()
const walk = requires('identity-mfa')

/** Somebody with an authenticator, which has shown the present code. */
const protectedPerson = async (name: string) => {
  const person = await newPerson(name)
  const { email, password, api } = person
  const { body } = await api.ok(mfa.enrolTotp, { body: { password } })
  const code = await shownBy(body.secret, Date.now())
  const confirmed = await api.ok(mfa.confirmTotp, { body: { password, code } })
  const signIn = (more: Record<string, string>) => ({ body: { email, password, ...more } })
  return { ...person, ...body, firstCode: code, recoveryCodes: confirmed.body.recoveryCodes, signIn }
}

walk(
  'an authenticator is enrolled, asked for at sign-in, replaced by a recovery code, and removed',
  async () => {
    const person = await protectedPerson('Totp')
    const { api, email, password, secret, uri, firstCode, recoveryCodes, signIn } = person
    expect(uri).toContain(`secret=${secret}`)
    await mailLike(email, /^Two-step sign-in is on$/)
    await nobody.refused('mfa-required', sessions.signIn, signIn({}))
    await nobody.refused('wrong-credentials', sessions.signIn, signIn({ password: 'not the password' }))
    await nobody.refused('invalid-code', sessions.signIn, signIn({ code: firstCode }))

    // The one that follows is taken as well; by now it may be the present one.
    const code = await shownBy(secret, Date.now() + 30_000)
    const { body: session } = await nobody.ok(sessions.signIn, signIn({ code }))
    await apiFor(session.accessToken).ok(account.getMe)
    await nobody.ok(sessions.refresh, { body: { refreshToken: session.refreshToken } })
    await nobody.refused('invalid-code', sessions.signIn, signIn({ code }))

    const [first = '', second = ''] = recoveryCodes
    const recovered = await nobody.ok(sessions.signIn, signIn({ recoveryCode: first }))
    expect(recovered.body.recoveryCodesLeft).toBe(9)
    await nobody.refused('invalid-code', sessions.signIn, signIn({ recoveryCode: first }))
    expect((await mailLike(email, /^A recovery code was used$/)).text).toContain('Recovery codes left: 9')
    expect((await api.ok(mfa.getMfa)).body).toMatchObject({ enabled: true, recoveryCodesLeft: 9 })

    await api.refused('mfa-required', mfa.disableTotp, { body: { password } })
    await api.ok(mfa.disableTotp, { body: { password, recoveryCode: second } })
    await mailLike(email, /^Two-step sign-in is off$/)
    await nobody.ok(sessions.signIn, signIn({}))
  },
)

walk('a password reset by mail does not go around the second factor', async () => {
  const { email, secret, signIn } = await protectedPerson('Reset')
  const codes = /\b\d{6}\b/
  const sent = (await mailsLike(email, codes)).length
  await nobody.ok(passwords.forgotPassword, { body: { email } })
  const mails = await mailsLike(email, codes, { count: sent + 1 })
  const code = codes.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  const newPassword = freshPassword()
  await nobody.ok(passwords.resetPassword, { body: { email, code, newPassword } })
  await nobody.refused('mfa-required', sessions.signIn, signIn({ password: newPassword }))
  const shown = await shownBy(secret, Date.now() + 30_000)
  await nobody.ok(sessions.signIn, signIn({ password: newPassword, code: shown }))
})

walk('no personal access token reaches the second factor of its person', async () => {
  const { api, password } = await newPerson('Script')
  const body = { name: 'Script', scopes: ['account:read', 'tasks:write'] as const, expiresInDays: 1 }
  const { token } = (await api.ok(tokens.createToken, { body })).body
  const script = apiFor(token)
  await script.refused('unauthenticated', mfa.getMfa)
  await script.refused('unauthenticated', mfa.enrolTotp, { body: { password } })
  const proof = { body: { password, code: '123456' } }
  for (const route of [mfa.confirmTotp, mfa.renewRecoveryCodes, mfa.disableTotp] as const)
    await script.refused('unauthenticated', route, proof)
  expect((await api.ok(mfa.getMfa)).body.enabled).toBe(false)
})
