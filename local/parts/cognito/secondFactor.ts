import type { User } from 'cognito-local/lib/services/userPoolService.js'
import * as failure from './errors.ts'
import { findUser, type Json, type LocalPool, type Operation } from './pool.ts'
import { usernameOf } from './requestChecks.ts'
import { stepOf } from './totp.ts'

const factor = 'SOFTWARE_TOKEN_MFA'
/** As long as Cognito's sessions of a sign-in by default. */
const sessionMs = 3 * 60_000

interface Challenged {
  readonly username: string
  readonly until: number
}

/**
 * The second factor, which differs from AWS in cognito-local: there a verified authenticator is asked for at once,
 * a code is good as often as one likes, the session of a challenge is not looked at, tokens of an answered one
 * cannot be refreshed, and AdminSetUserMFAPreference is missing.
 */
export function createSecondFactor(pool: LocalPool, now: () => number) {
  const sessions = new Map<string, Challenged>()
  /** By secrets, the latest step whose code was taken. */
  const taken = new Map<string, number>()

  const check = (user: User, code: unknown, wrong: () => Error): void => {
    const secret = user.SoftwareTokenMfaConfiguration?.Secret ?? ''
    const step = stepOf(secret, String(code), now())
    if (step === undefined) throw wrong()
    if (step <= (taken.get(secret) ?? -1)) throw failure.usedCode()
    taken.set(secret, step)
  }

  const operations: Record<string, Operation> = {
    VerifySoftwareToken: async (request) => {
      const user = await findUser(pool, usernameOf(request))
      const configuration = user?.SoftwareTokenMfaConfiguration
      if (user === null || configuration === undefined) throw failure.noAuthenticator()
      check(user, request.UserCode, failure.wrongFirstCode)
      const SoftwareTokenMfaConfiguration = { ...configuration, Verified: true }
      await pool.users.saveUser(pool.context, { ...user, SoftwareTokenMfaConfiguration })
      return { Status: 'SUCCESS' }
    },
    AdminSetUserMFAPreference: async (request) => {
      const user = await findUser(pool, request.Username)
      if (user === null) throw failure.noUser()
      const { Enabled } = (request.SoftwareTokenMfaSettings ?? {}) as { Enabled?: boolean }
      if (Enabled && !user.SoftwareTokenMfaConfiguration?.Verified) throw failure.unverifiedAuthenticator()
      await pool.users.saveUser(pool.context, { ...user, UserMFASettingList: Enabled ? [factor] : [] })
      return {}
    },
  }

  const respond: Operation = async (request) => {
    const { USERNAME, SOFTWARE_TOKEN_MFA_CODE } = (request.ChallengeResponses ?? {}) as Json
    const session = sessions.get(String(request.Session))
    const user = await findUser(pool, USERNAME)
    if (user === null || session === undefined) throw failure.invalidSession()
    if (session.username !== user.Username || session.until <= now()) throw failure.invalidSession()
    check(user, SOFTWARE_TOKEN_MFA_CODE, failure.wrongCode)
    sessions.delete(String(request.Session))
    return { ChallengeParameters: {}, AuthenticationResult: await pool.issueTokens(user) }
  }

  /** Remembers the session of a challenge, so that nothing else is taken for one. */
  const noting = (result: Json): Json => {
    for (const [session, { until }] of sessions) if (until <= now()) sessions.delete(session)
    if (result.ChallengeName === factor) {
      const { USER_ID_FOR_SRP } = result.ChallengeParameters as Json
      sessions.set(String(result.Session), { username: String(USER_ID_FOR_SRP), until: now() + sessionMs })
    }
    return result
  }
  return { operations, respond, noting }
}
