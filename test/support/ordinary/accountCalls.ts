import { randomUUID } from 'node:crypto'
import { confirmSignUp, getMe, signUp } from '../../../shared/api/routes/account.ts'
import { createExport } from '../../../shared/api/routes/privacy.ts'
import { signIn } from '../../../shared/api/routes/sessions.ts'
import { deletionPhrase } from '../../../shared/api/schemas/privacy.ts'
import { suppressionStore } from '../../../shared/data/stores/suppressions.ts'
import { suppress } from '../../../shared/domain/mail/suppression.ts'
import { workOffAccounts } from '../accountWork.ts'
import type { App, Someone } from '../app.ts'
import { mailedCode } from '../fakeIdentity.ts'
import type { OrdinaryCalls } from './call.ts'

export const password = 'correct horse battery staple'
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
export const signedIn = async (app: App): Promise<SignedIn> => {
  const email = await somebody(app)
  const { body } = await app.call(undefined, signIn, { body: { email, password } })
  return { userId: '', token: body.accessToken, refreshToken: body.refreshToken }
}

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

/** Somebody who is signed in at so many other places, and the session of one of those. */
const signedInElsewhere = async (app: App, places: number) => {
  const who = await signedIn(app)
  const { id: userId } = (await app.call(who, getMe)).body
  const createdAt = new Date(app.clock.now).toISOString()
  const session = { userId, createdAt, expiresAt: '2199-01-01T00:00:00.000Z', endedAt: null, userAgent }
  const sessionId = randomUUID()
  await app.stores.people.addSession({ ...session, id: sessionId })
  for (let n = 1; n < places; n++) await app.stores.people.addSession({ ...session, id: randomUUID() })
  return { who, sessionId }
}

/** The clock as it was when an access token was given out that expires now. */
const anAccessTokenAgo = async <Result>({ clock }: App, act: () => Promise<Result>): Promise<Result> => {
  clock.now -= 15 * 60_000
  const result = await act()
  clock.now += 15 * 60_000
  return result
}

export const accountCalls: OrdinaryCalls = {
  signUp: async () => ({ request: { body: identityOf(newEmail()) } }),
  confirmSignUp: async ({ app }) => ({
    request: { body: { email: await nobodyYet(app), code: mailedCode, password } },
  }),
  // Of an address that nothing has been mailed to for an hour; known or not, the table is asked the same.
  resendCode: async () => ({ request: { body: { email: newEmail() } } }),
  signIn: async ({ app }) => ({ request: { body: { email: await somebody(app), password } } }),
  refresh: async ({ app }) => {
    const { refreshToken } = await anAccessTokenAgo(app, () => signedIn(app))
    return { request: { body: { refreshToken } } }
  },
  signOut: async ({ app }) => {
    const who = await signedIn(app)
    return { who, request: { body: { refreshToken: who.refreshToken } } }
  },
  signOutEverywhere: async ({ app }) => ({ who: await signedIn(app), request: { body: {} } }),
  listSessions: async ({ app }) => ({ who: (await signedInElsewhere(app, 55)).who, request: {} }),
  endSession: async ({ app }) => {
    const { who, sessionId } = await signedInElsewhere(app, 1)
    return { who, request: { params: { sessionId } } }
  },
  endOtherSessions: async ({ app }) => ({
    who: (await signedInElsewhere(app, 1)).who,
    request: { body: {} },
  }),
  changePassword: async ({ app }) => ({
    who: await signedIn(app),
    request: { body: { currentPassword: password, newPassword } },
  }),
  forgotPassword: async () => ({ request: { body: { email: newEmail() } } }),
  resetPassword: async ({ app }) => ({
    request: { body: { email: await somebody(app), code: mailedCode, newPassword } },
  }),
  deleteMe: async ({ app }) => ({
    who: await signedIn(app),
    request: { body: { password, confirm: deletionPhrase } },
  }),
  createExport: async ({ app }) => ({
    who: await signedIn(app),
    request: { body: {}, headers: { 'Idempotency-Key': randomUUID() } },
  }),
  getExport: async ({ app }) => {
    const who = await signedIn(app)
    const { body } = await app.call(who, createExport, { body: {} })
    await workOffAccounts(app)
    return { who, request: { params: { exportId: body.id } } }
  },
  getMe: async ({ app }) => ({ who: await signedIn(app), request: {} }),
  resumeMail: async ({ app }) => {
    const who = await signedIn(app)
    const { email } = (await app.call(who, getMe)).body
    await suppress(email, { cause: 'bounced', at: '2026-01-01T00:00:00.000Z' }, suppressionStore(app.table))
    return { who, request: {} }
  },
  editMe: async ({ app }) => ({
    who: await signedIn(app),
    request: {
      body: { name: 'Inés N.', language: 'es', zone: 'Europe/Lisbon' },
      headers: { 'If-Match': '"2"' },
    },
  }),
}
