import { randomUUID } from 'node:crypto'
import type { Account } from '../../../shared/domain/account/person.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import type { Grant, Identity } from '../../../shared/domain/ports.ts'
import { fakeAuthenticators } from '../../support/fakeAuthenticators.ts'

interface Registered {
  readonly account: Account
  password: string
  confirmed: boolean
}

/** The code of every mail of the fake pool. */
export const code = '123456'

/** A user pool in memory. A token is `<user id>/<sign-in>`; its refresh token has `refresh:` before it. */
export const fakePool = () => {
  const registered = new Map<string, Registered>()
  const refreshTokens = new Set<string>()
  const mailed: string[] = []

  const withCode = (email: string, given: string): Registered => {
    const found = registered.get(email)
    if (found === undefined || given !== code) throw new Failure('invalid-code')
    return found
  }
  const holderOf = (token: string): Registered => {
    const found = [...registered.values()].find(({ account }) => token.startsWith(`${account.id}/`))
    if (found === undefined) throw new Failure('unauthenticated')
    return found
  }

  const grant = (userId: string): Grant => {
    const accessToken = `${userId}/${randomUUID()}`
    refreshTokens.add(`refresh:${accessToken}`)
    return { accessToken, refreshToken: `refresh:${accessToken}`, expiresIn: 900 }
  }
  const factors = fakeAuthenticators({
    idOf: (email) => registered.get(email)?.account.id ?? '',
    holderOf: (token) => holderOf(token).account.id,
    grant,
  })

  const identity: Identity = {
    signUp: async (account, password) => {
      if (registered.has(account.email)) return undefined
      const id = randomUUID()
      registered.set(account.email, { account: { id, ...account }, password, confirmed: false })
      mailed.push(account.email)
      return id
    },
    confirm: async (email, given, password) => {
      const found = withCode(email, given)
      if (found.confirmed) throw new Failure('invalid-code')
      found.confirmed = true
      found.password = password
      return found.account
    },
    resendCode: async (email) => {
      if (registered.get(email)?.confirmed === false) mailed.push(email)
    },
    signIn: async (email, password) => {
      const found = registered.get(email)
      if (!found?.confirmed || found.password !== password) throw new Failure('wrong-credentials')
      const { id } = found.account
      return factors.challengeTo(id) ?? grant(id)
    },
    refresh: async (token) => {
      if (!refreshTokens.has(token)) throw new Failure('unauthenticated')
      return { accessToken: token.slice('refresh:'.length), expiresIn: 900 }
    },
    revoke: async (token) => void refreshTokens.delete(token),
    changePassword: async (token, current, next) => {
      const holder = holderOf(token)
      if (holder.password !== current) throw new Failure('wrong-credentials')
      holder.password = next
    },
    setPassword: async (email, next) => {
      const found = registered.get(email)
      if (found !== undefined) found.password = next
    },
    forgotPassword: async (email) => void mailed.push(email),
    resetPassword: async (email, given, next) => {
      const found = withCode(email, given)
      found.password = next
      return found.account
    },
  }
  return { identity, factors, registered, refreshTokens, mailed }
}
