import { Router } from 'cognito-local/lib/server/Router.js'
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js'
import type { Context } from 'cognito-local/lib/services/context.js'
import type { Services } from 'cognito-local/lib/services/index.js'
import type { LogService } from 'cognito-local/lib/services/LogService.js'
import {
  type User,
  type UserPoolService,
  UserPoolServiceFactoryImpl,
} from 'cognito-local/lib/services/userPoolService.js'
import { localRegion } from '../part.ts'
import { type CodeMail, sixDigits } from './codeMail.ts'
import { jsonStores } from './jsonStore.ts'
import { accessTokenSeconds, refreshTokenSeconds, type Tokens } from './tokens.ts'

/** Both ids have the form of AWS's and stay the same for every data directory. */
export const userPoolId = `${localRegion}_DuelyLoca`
export const clientId = 'duely0local0app0client0001'

/** The pool that the other Cognito files work on: its users, and cognito-local's own operations. */
export interface LocalPool {
  readonly context: Context
  readonly users: UserPoolService
  readonly messages: CodeMail
  readonly newCode: () => string
  /** Tokens of a new sign-in. */
  issueTokens(user: User): Promise<Json>
  /** Runs an operation as cognito-local does it. Throws its `CognitoError`s. */
  run(operation: string, request: Json): Promise<Json>
}

export type Json = Record<string, unknown>
export type Operation = (request: Json) => Promise<Json>

/** Opens the user pool kept in `directory`, making it and its one public app client at the first start. */
export async function openPool(directory: string, tokens: Tokens, messages: CodeMail): Promise<LocalPool> {
  const context: Context = { logger: silence }
  const clock = { get: () => new Date() }
  const stores = jsonStores(directory)
  const pools = new UserPoolServiceFactoryImpl(clock, stores)
  const cognito = await new CognitoServiceFactoryImpl(directory, stores, pools).create(context, poolSettings)
  const known = (await cognito.listUserPools(context)).some(({ Id }) => Id === userPoolId)
  if (!known) await cognito.createUserPool(context, { ...poolSettings, Id: userPoolId, Name: 'duely' })
  const users = await cognito.getUserPool(context, userPoolId)
  const client = appClient(clock.get())
  if (!known) await users.saveAppClient(context, client)
  // A pool of an earlier version knew no second factor.
  const { MfaConfiguration } = poolSettings
  if (users.options.MfaConfiguration !== MfaConfiguration) {
    await users.updateOptions(context, { ...users.options, MfaConfiguration })
  }
  const services: Services = {
    clock,
    cognito,
    messages,
    otp: sixDigits,
    tokenGenerator: tokens.generator,
    // With no trigger enabled, cognito-local touches nothing else of these two.
    triggers: { enabled: () => false } as unknown as Services['triggers'],
    config: { UserPoolDefaults: poolSettings } as unknown as Services['config'],
  }
  const route = Router(services)
  return {
    context,
    users,
    messages,
    newCode: sixDigits,
    issueTokens: async (user) => {
      const groups = await users.listUserGroupMembership(context, user)
      const made = await tokens.generator.generate(context, user, groups, client, undefined, 'Authentication')
      await users.storeRefreshToken(context, made.RefreshToken, user)
      return { ...made }
    },
    run: (operation, request) => route(operation)(context, request),
  }
}

const poolSettings = {
  UsernameAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
  MfaConfiguration: 'OPTIONAL',
}

const appClient = (now: Date) => ({
  ClientId: clientId,
  ClientName: 'duely',
  UserPoolId: userPoolId,
  CreationDate: now,
  LastModifiedDate: now,
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: true,
  AccessTokenValidity: accessTokenSeconds,
  RefreshTokenValidity: refreshTokenSeconds,
  TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
})

/** cognito-local logs whole users, passwords included: none of it is wanted. */
const ignore = () => undefined
const silence: LogService = { child: () => silence, debug: ignore, error: ignore, info: ignore, warn: ignore }

/** The user behind an address or a user name. */
export const findUser = (pool: LocalPool, username: unknown): Promise<User | null> =>
  pool.users.getUserByUsername(pool.context, String(username))
