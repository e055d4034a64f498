import { randomUUID } from 'node:crypto'
import { inject, vi } from 'vitest'
import * as account from '../../../shared/api/routes/account.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { type Api, apiFor } from './api.ts'
import { type Mail, mailboxAt } from './mailbox.ts'

export interface Login {
  readonly email: string
  readonly password: string
}

export interface Person extends Login {
  readonly name: string
  readonly id: string
  readonly token: string
  readonly refreshToken: string
  readonly api: Api
}

/** An address nobody has used, in the domain that RFC 2606 reserves. */
export const freshAddress = (name: string): string => `${name}.${randomUUID()}@example.com`
export const freshPassword = (): string => `correct horse ${randomUUID()}`

const mailPatienceMs = 45_000

const mailbox = () => mailboxAt(inject('target').mailboxUrl)

export const mailsTo = (address: string): Promise<readonly Mail[]> => mailbox().mailsTo(address)

/** Mails to an address whose subject or text fits, once there are `count` of them. */
export const mailsLike = (
  address: string,
  pattern: RegExp,
  { count = 1, withinMs = mailPatienceMs } = {},
): Promise<Mail[]> =>
  vi.waitFor(
    async () => {
      const all = await mailsTo(address)
      const found = all.filter(({ subject, text }) => pattern.test(subject) || pattern.test(text))
      if (found.length < count) {
        const subjects = all.map(({ subject }) => subject).join(' | ')
        throw new Error(
          `${found.length} of ${count} mails like ${pattern} to ${address}; there are: ${subjects}`,
        )
      }
      return found
    },
    { timeout: withinMs, interval: 200 },
  )

export const mailLike = async (address: string, pattern: RegExp, withinMs = mailPatienceMs): Promise<Mail> =>
  (await mailsLike(address, pattern, { withinMs }))[0] as Mail

const codePattern = /\b(\d{6})\b/

/** The newest of at least `count` codes mailed to an address. */
export async function codeMailedTo(address: string, count = 1): Promise<string> {
  const mails = await mailsLike(address, /\bcode\b/i, { count })
  const code = codePattern.exec(mails.at(-1)?.text ?? '')?.[1]
  if (code === undefined) throw new Error(`The mail with the code to ${address} holds no code`)
  return code
}

export const signIn = async ({ email, password }: Login) => {
  const { body } = await apiFor().ok(sessions.signIn, { body: { email, password } })
  if (body.refreshToken === undefined) throw new Error('signing in gave no refresh token')
  return { token: body.accessToken, refreshToken: body.refreshToken, api: apiFor(body.accessToken) }
}

/** Opens an account and leaves it unconfirmed. */
export async function signUp(name: string, more: Record<string, string> = {}): Promise<Login> {
  const { email = freshAddress(name.toLowerCase().replaceAll(/\W/g, '')) } = more
  const login = { email, password: freshPassword() }
  await apiFor().ok(account.signUp, { body: { ...login, name, ...more } })
  return login
}

/** Somebody with a confirmed account, signed in. */
export async function newPerson(name: string, more: Record<string, string> = {}): Promise<Person> {
  const login = await signUp(name, more)
  await apiFor().ok(account.confirmSignUp, {
    body: { ...login, code: await codeMailedTo(login.email) },
  })
  const session = await signIn(login)
  const { body } = await session.api.ok(account.getMe)
  return { ...login, ...session, name, id: body.id }
}
