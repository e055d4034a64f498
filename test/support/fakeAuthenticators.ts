import { randomUUID } from 'node:crypto'
import { type Authenticators, wrongCode } from '../../shared/domain/account/mfa.ts'
import type { Challenge, Grant } from '../../shared/domain/ports.ts'

/** What the authenticators of a fake pool have to know of its accounts. */
interface Accounts {
  idOf(email: string): string
  holderOf(accessToken: string): string
  grant(userId: string): Grant
}

interface Authenticator {
  readonly secret: string
  verified: boolean
  required: boolean
  readonly used: Set<string>
}

/** Right codes of a fake authenticator begin with 1, and are good once. */
export const rightCode = (n: number): string => `1${String(n).padStart(5, '0')}`

/** The authenticators of a user pool in memory, under the conditions of Cognito's. */
export const fakeAuthenticators = (accounts: Accounts) => {
  const all = new Map<string, Authenticator>()
  const challenges = new Map<string, string>()

  const check = (one: Authenticator | undefined, code: string): Authenticator => {
    if (one === undefined || !code.startsWith('1') || one.used.has(code)) throw wrongCode()
    one.used.add(code)
    return one
  }
  const authenticators: Authenticators = {
    enrol: async (accessToken) => {
      const secret = 'JBSWY3DPEHPK3PXP'
      const used = new Set<string>()
      all.set(accounts.holderOf(accessToken), { secret, verified: false, required: false, used })
      return secret
    },
    verify: async (accessToken, code) => {
      check(all.get(accounts.holderOf(accessToken)), code).verified = true
    },
    require: async (email, isRequired) => {
      const one = all.get(accounts.idOf(email))
      if (isRequired && !one?.verified) throw new Error('there is no verified authenticator')
      if (one !== undefined) one.required = isRequired
    },
    userIdOf: async (email) => accounts.idOf(email),
    answer: async ({ session, username }, code) => {
      if (challenges.get(session) !== username) throw wrongCode()
      check(all.get(username), code)
      challenges.delete(session)
      return accounts.grant(username)
    },
  }
  /** The challenge that a right password meets, if it does. */
  const challengeTo = (userId: string): Challenge | undefined => {
    if (!all.get(userId)?.required) return undefined
    const session = randomUUID()
    challenges.set(session, userId)
    return { session, username: userId }
  }
  return { authenticators, challengeTo, all }
}
