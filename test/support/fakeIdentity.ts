import { randomUUID } from 'node:crypto'
import type { Accounts } from '../../shared/domain/account/deletionPorts.ts'
import type { Authenticators } from '../../shared/domain/account/mfa.ts'
import type { Account } from '../../shared/domain/account/person.ts'
import { Failure } from '../../shared/domain/failure.ts'
import type { Grant, Identity } from '../../shared/domain/ports.ts'
import { accessToken } from './accessTokens.ts'
import { fakeAuthenticators } from './fakeAuthenticators.ts'

/** What Cognito's refresh tokens, which are JWEs, come to. */
const refreshTokenLength = 1_800

/** The code that every mail of the fake pool would hold. */
export const mailedCode = '123456'

interface Registered {
  readonly account: Account
  password: string
  confirmed: boolean
}

/** A user pool in memory with the tests' tokens: enough of Cognito for the account routes. */
export const fakeIdentity = (): {
  identity: Identity & Accounts
  authenticators: Authenticators
} => {
  const byEmail = new Map<string, Registered>()
  const signedIn = new Map<string, { readonly userId: string; readonly sessionId: string }>()
  const holders = new Map<string, Registered>()

  const withCode = (email: string, code: string): Registered => {
    const found = byEmail.get(email)
    if (found === undefined || code !== mailedCode) throw new Failure('invalid-code')
    return found
  }
  const holderOf = (token: string): Registered => {
    const holder = holders.get(token)
    if (holder === undefined) throw new Failure('unauthenticated')
    return holder
  }

  const factors = fakeAuthenticators({
    idOf: (email) => byEmail.get(email)?.account.id ?? '',
    holderOf: (token) => holderOf(token).account.id,
    grant: (userId) => grant(userId),
  })
  const grant = (userId: string): Grant => {
    const subject = { userId, sessionId: randomUUID() }
    const refreshToken = randomUUID().padEnd(refreshTokenLength, '.')
    signedIn.set(refreshToken, subject)
    const token = accessToken(subject.userId, subject.sessionId)
    const holder = [...byEmail.values()].find(({ account }) => account.id === userId)
    if (holder !== undefined) holders.set(token, holder)
    return { accessToken: token, refreshToken, expiresIn: 900 }
  }

  const identity: Identity & Accounts = {
    signUp: async (account, password) => {
      if (byEmail.has(account.email)) return undefined
      const id = randomUUID()
      byEmail.set(account.email, { account: { id, ...account }, password, confirmed: false })
      return id
    },
    confirm: async (email, code, password) => {
      const found = withCode(email, code)
      found.confirmed = true
      found.password = password
      return found.account
    },
    resendCode: async () => undefined,
    signIn: async (email, password) => {
      const found = byEmail.get(email)
      if (!found?.confirmed || found.password !== password) throw new Failure('wrong-credentials')
      const { id } = found.account
      return factors.challengeTo(id) ?? grant(id)
    },
    refresh: async (refreshToken) => {
      const subject = signedIn.get(refreshToken)
      if (subject === undefined) throw new Failure('unauthenticated')
      return { accessToken: accessToken(subject.userId, subject.sessionId), expiresIn: 900 }
    },
    revoke: async (refreshToken) => void signedIn.delete(refreshToken),
    changePassword: async (token, current, next) => {
      const holder = holderOf(token)
      if (holder.password !== current) throw new Failure('wrong-credentials')
      holder.password = next
    },
    setPassword: async (email, next) => {
      const found = byEmail.get(email)
      if (found !== undefined) found.password = next
    },
    remove: async (userId) => {
      for (const [email, { account }] of byEmail) if (account.id === userId) byEmail.delete(email)
    },
    forgotPassword: async () => undefined,
    resetPassword: async (email, code, next) => {
      const found = withCode(email, code)
      found.password = next
      return found.account
    },
  }
  return { identity, authenticators: factors.authenticators }
}
