import type { APIGatewayProxyEvent } from 'aws-lambda'
import type { RouteDeclaration } from '../api/declaration.ts'
import { Failure } from '../domain/failure.ts'
import type { Ask } from '../domain/useCase.ts'
import { negotiate } from '../i18n/language.ts'
import { expectedVersion } from './conditional.ts'
import { cookiesOf, requireSameOrigin } from './cookie.ts'
import { queryDigest, readCursor } from './cursor.ts'
import { markOf } from './marks.ts'
import { parseBody, parseParams, parseQuery } from './parse.ts'
import { bringsToken, presentedToken } from './presentedToken.ts'
import { headerOf, jsonBody, queryOf, requireJson } from './request.ts'
import type { HttpSettings } from './settings.ts'

/** A parsed request, and what the reply will need of it. */
export interface Parsed {
  readonly ask: Ask
  /** Binds cursors to this query. */
  readonly digest: string
  /** Members of the reply that were asked for; `undefined`: all. */
  readonly fields: readonly string[] | undefined
}

type Caller = Pick<Ask, 'userId' | 'sessionId' | 'token'>

const identify = async (
  route: RouteDeclaration,
  event: APIGatewayProxyEvent,
  settings: HttpSettings,
): Promise<Caller> => {
  const { kind } = route.access
  if (kind === 'public' || kind === 'refresh') return { userId: '', sessionId: '' }
  const authorization = headerOf(event, 'authorization') ?? ''
  if (bringsToken(authorization)) return { ...presentedToken(route, authorization), sessionId: '' }
  const { userId, sessionId } = await settings.verify(authorization)
  return { userId, sessionId }
}

/**
 * The refresh token of the cookie. Only requests of our own origin may use or ask for one, and they say that they are
 * JSON also where they have no body: forms cannot.
 */
const cookieToken = (
  route: RouteDeclaration,
  body: unknown,
  event: APIGatewayProxyEvent,
  publicUrl: string,
) => {
  const wantsCookie = (body as { refreshTokenIn?: string } | undefined)?.refreshTokenIn === 'cookie'
  if (wantsCookie) requireSameOrigin(event, publicUrl)
  const takesToken = route.refreshCookie?.includes('taken')
  if (!takesToken || (body as { refreshToken?: string }).refreshToken !== undefined) return undefined
  const [token, ...others] = cookiesOf(event)
  if (token === undefined) return undefined
  requireSameOrigin(event, publicUrl)
  requireJson(event)
  return token === '' || others.length > 0 ? undefined : token
}

const requestedFields = (
  route: RouteDeclaration,
  given: string | undefined,
): readonly string[] | undefined => {
  if (given === undefined) return undefined
  const refuse = (detail: string) =>
    new Failure('invalid-request', undefined, { errors: [{ pointer: '?fields', detail }] })
  if (route.method !== 'GET') throw refuse('must be left out: only what is read can be sparse')
  const fields = given.split(',')
  if (fields.some((field) => !/^[a-zA-Z]{1,40}$/.test(field))) {
    throw refuse('must be names of members of the reply, comma-separated')
  }
  return fields
}

/** Authenticates and parses a request: from here on everything has its type. */
export const parse = async (
  route: RouteDeclaration,
  event: APIGatewayProxyEvent,
  settings: HttpSettings,
): Promise<Parsed> => {
  const caller = await identify(route, event, settings)
  const { userId } = caller
  const params = parseParams(route.params, event.pathParameters ?? {})
  const { fields, ...rest } = queryOf(event)
  const query = parseQuery(route.query, rest) as Record<string, unknown>
  const body = route.body && parseBody(route.body, jsonBody(event, route.maxBodyBytes))
  const digest = queryDigest(route.name, params, query, userId)
  const { cursor } = query as { cursor?: string }
  const key = route.method === 'POST' ? headerOf(event, 'idempotency-key') : undefined
  const ask: Ask = {
    params,
    query,
    body,
    now: new Date(settings.clock()).toISOString(),
    ...caller,
    through: caller.token === undefined ? 'web' : 'token',
    userAgent: (headerOf(event, 'user-agent') ?? '').slice(0, 200),
    position: cursor === undefined ? undefined : readCursor(settings.cursorKey, digest, cursor),
    mark: markOf(key, { userId, name: route.name, params, body }),
    expected: expectedVersion(route.etag ? headerOf(event, 'if-match') : undefined),
    language: negotiate(headerOf(event, 'accept-language')),
    refreshToken: cookieToken(route, body, event, settings.publicUrl),
  }
  return { ask, digest, fields: requestedFields(route, fields) }
}
