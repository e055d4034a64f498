import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyEvent, Context } from 'aws-lambda'
import { matchRoute } from '../../../local/routeTable.ts'
import { createClient } from '../../../shared/api/client.ts'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as account from '../../../shared/api/routes/account.ts'
import * as mfaRoutes from '../../../shared/api/routes/mfa.ts'
import * as passwordRoutes from '../../../shared/api/routes/passwords.ts'
import * as privacyRoutes from '../../../shared/api/routes/privacy.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { deletionStore } from '../../../shared/data/stores/deletions.ts'
import { mfaStore } from '../../../shared/data/stores/mfa.ts'
import { peopleStore } from '../../../shared/data/stores/people.ts'
import { suppressionStore } from '../../../shared/data/stores/suppressions.ts'
import { bucketStore } from '../../../shared/data/stores/throttle.ts'
import { tokenStore } from '../../../shared/data/stores/tokens.ts'
import { workspaceStore } from '../../../shared/data/stores/workspaces.ts'
import * as passwords from '../../../shared/domain/account/passwords.ts'
import * as profile from '../../../shared/domain/account/profile.ts'
import * as refresh from '../../../shared/domain/account/refresh.ts'
import * as signIn from '../../../shared/domain/account/signIn.ts'
import * as signOut from '../../../shared/domain/account/signOut.ts'
import * as signUp from '../../../shared/domain/account/signUp.ts'
import * as deletion from '../../../shared/domain/account/useDeletion.ts'
import * as mfa from '../../../shared/domain/account/useMfa.ts'
import * as useSessions from '../../../shared/domain/account/useSessions.ts'
import type { Identity } from '../../../shared/domain/ports.ts'
import { paceWith } from '../../../shared/domain/throttle/pace.ts'
import { countingWith } from '../../../shared/http/limits.ts'
import type { RequestLine } from '../../../shared/http/log.ts'
import { refreshTokensWith } from '../../../shared/http/refreshTokens.ts'
import { serve } from '../../../shared/http/serve.ts'
import { startEngine } from '../../support/engine.ts'
import { newAddress } from '../../support/newAddress.ts'
import { problemTitle } from '../../support/problemTitle.ts'
import { startPool } from './pool.ts'

export const origin = 'https://duely.test'
const routes: RouteDeclaration[] = [account, sessions, passwordRoutes, mfaRoutes, privacyRoutes].flatMap(
  (all) => Object.values(all),
)
const useCases: Record<string, unknown> = {
  ...signUp,
  ...signIn,
  ...refresh,
  ...signOut,
  ...useSessions,
  ...passwords,
  ...mfa,
  ...deletion,
  ...profile,
}

const eventOf = async (request: Request): Promise<APIGatewayProxyEvent> => {
  const { pathname, searchParams } = new URL(request.url)
  const query = [...searchParams]
  const body = await request.text()
  return {
    httpMethod: request.method,
    path: pathname,
    headers: Object.fromEntries(request.headers),
    pathParameters: matchRoute(routes, request.method, pathname)?.pathParameters ?? null,
    queryStringParameters: Object.fromEntries(query),
    multiValueQueryStringParameters: Object.fromEntries(query.map(([name, value]) => [name, [value]])),
    body: body === '' ? null : body,
    isBase64Encoded: false,
    requestContext: { requestId: randomUUID(), identity: { sourceIp: newAddress() } },
  } as unknown as APIGatewayProxyEvent
}

/** The account routes over the local user pool and a real engine, called through the checked client. */
export const startAccountApp = async () => {
  const clock = { now: Date.now() }
  const engine = await startEngine()
  const pool = await startPool(() => clock.now)
  const lines: RequestLine[] = []
  /** Refresh tokens that the pool has issued. */
  const poolTokens: string[] = []
  const identity: Identity = {
    ...pool.identity,
    signIn: async (...credentials) => {
      const grant = await pool.identity.signIn(...credentials)
      if ('refreshToken' in grant) poolTokens.push(grant.refreshToken)
      return grant
    },
  }
  const world = {
    settings: {
      verify: pool.verify,
      cursorKey: 'key',
      publicUrl: origin,
      allowedOrigins: [origin],
      problemTitle,
      clock: () => clock.now,
      log: (line: RequestLine) => lines.push(line),
      counting: countingWith(paceWith(bucketStore(engine.table), { key: 'key', addressFactor: 1 })),
    },
    people: { ...peopleStore(engine.table), ...mfaStore(engine.table) },
    workspaces: workspaceStore(engine.table),
    deletions: deletionStore(engine.table),
    tokens: tokenStore(engine.table),
    identity,
    suppressions: suppressionStore(engine.table),
    authenticators: pool.authenticators,
    refreshTokens: refreshTokensWith('key'),
  }
  const handlers = new Map(
    routes.map((route) => {
      return [route.name, serve(route, useCases[route.name] as never, world)]
    }),
  )

  /** What stands between client and handlers elsewhere: one event for each request. */
  const gateway: typeof fetch = async (input, init) => {
    const headers = { ...(init?.headers as Record<string, string>) }
    const { cookie, ...others } = headers
    const request = new Request(input, { ...init, headers: others })
    const event = await eventOf(request)
    // `Request` drops the cookie, as browsers forbid scripts to set it.
    if (cookie !== undefined) event.headers.cookie = cookie
    const { name } = matchRoute(routes, request.method, new URL(request.url).pathname) ?? { name: '' }
    const handler = handlers.get(name)
    if (handler === undefined) throw new Error(`no route for ${request.method} ${request.url}`)
    const result = await handler(event, {} as Context)
    const replied = new Headers(result.headers as Record<string, string>)
    return new Response(result.body === '' ? null : result.body, {
      status: result.statusCode,
      headers: replied,
    })
  }
  const as = (accessToken?: string) =>
    createClient({
      baseUrl: origin,
      fetch: gateway,
      checked: true,
      ...(accessToken !== undefined && { accessToken }),
    })
  const close = async () => {
    await pool.close()
    await engine.close()
  }
  return { as, clock, lines, pool, poolTokens, engine, world, codesTo: pool.codesTo, close }
}
export type AccountApp = Awaited<ReturnType<typeof startAccountApp>>
