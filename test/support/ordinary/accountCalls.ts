import { randomUUID } from 'node:crypto'
import { confirmSignUp, signUp } from '../../../shared/api/routes/account.ts'
import { signIn } from '../../../shared/api/routes/sessions.ts'
import type { App, Someone } from '../app.ts'
import { mailedCode } from '../fakeIdentity.ts'
import type { OrdinaryCalls } from './call.ts'

const password = 'correct horse battery staple'
const newPassword = 'another horse battery staple'
const newEmail = () => `ines.${randomUUID()}@example.com`
const identityOf = (email: string) => ({ email, password, name: 'Inés Newcomer', zone: 'Europe/Madrid' })

const nobodyYet = async (app: App): Promise<string> => {
  const email = newEmail()
  await app.call(undefined, signUp, { body: identityOf(email) })
  return email
}

const somebody = async (app: App): Promise<string> => {
  const email = await nobodyYet(app)
  await app.call(undefined, confirmSignUp, { body: { email, code: mailedCode, password } })
  return email
}

interface SignedIn extends Someone {
  readonly refreshToken: string
}
const signedIn = async (app: App): Promise<SignedIn> => {
  const email = await somebody(app)
  const { body } = await app.call(undefined, signIn, { body: { email, password } })
  return { userId: '', token: body.accessToken, refreshToken: body.refreshToken }
}

export const accountCalls: OrdinaryCalls = {
  signUp: async () => ({ request: { body: identityOf(newEmail()) } }),
  confirmSignUp: async ({ app }) => ({
    request: { body: { email: await nobodyYet(app), code: mailedCode, password } },
  }),
  resendCode: async ({ app }) => ({ request: { body: { email: await nobodyYet(app) } } }),
  signIn: async ({ app }) => ({ request: { body: { email: await somebody(app), password } } }),
  refresh: async ({ app }) => {
    const { refreshToken } = await signedIn(app)
    return { request: { body: { refreshToken } } }
  },
  signOut: async ({ app }) => {
    const who = await signedIn(app)
    return { who, request: { body: { refreshToken: who.refreshToken } } }
  },
  signOutEverywhere: async ({ app }) => ({ who: await signedIn(app), request: { body: {} } }),
  changePassword: async ({ app }) => ({
    who: await signedIn(app),
    request: { body: { currentPassword: password, newPassword } },
  }),
  forgotPassword: async ({ app }) => ({ request: { body: { email: await somebody(app) } } }),
  resetPassword: async ({ app }) => ({
    request: { body: { email: await somebody(app), code: mailedCode, newPassword } },
  }),
  getMe: async ({ app }) => ({ who: await signedIn(app), request: {} }),
  editMe: async ({ app }) => ({
    who: await signedIn(app),
    request: {
      body: { name: 'Inés N.', language: 'es', zone: 'Europe/Lisbon' },
      headers: { 'If-Match': '"2"' },
    },
  }),
}
