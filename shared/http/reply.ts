import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { RouteDeclaration } from '../api/declaration.ts'
import type { Outcome } from '../domain/useCase.ts'
import type { Parsed } from './ask.ts'
import { etagOf, isNotModified } from './conditional.ts'
import { isSameOrigin, setCookie } from './cookie.ts'
import { writeCursor } from './cursor.ts'
import { headerOf } from './request.ts'
import type { HttpSettings } from './settings.ts'

const only = (value: unknown, fields: readonly string[] | undefined): unknown => {
  if (fields === undefined || value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => fields.includes(name)))
}

/** `fields` names members of a resource; in a list, of each of its items. */
const sparse = (body: unknown, fields: readonly string[] | undefined): unknown => {
  const { items } = (body ?? {}) as { items?: unknown[] }
  return items === undefined
    ? only(body, fields)
    : { ...(body as object), items: items.map((item) => only(item, fields)) }
}

/** Link to the next page: the same query with the next cursor. */
const nextLink = (event: APIGatewayProxyEvent, cursor: string): string => {
  // API Gateway says `null` where there is no query.
  const query = new URLSearchParams((event.queryStringParameters ?? {}) as Record<string, string>)
  query.set('cursor', cursor)
  return `${event.path}?${query}`
}

/** The outcome as API Gateway wants it. */
export const reply = (
  route: RouteDeclaration,
  event: APIGatewayProxyEvent,
  { ask, digest, fields }: Parsed,
  outcome: Outcome<unknown>,
  settings: HttpSettings,
): APIGatewayProxyResult => {
  const { body, version, location, nextPosition, cookie, file } = outcome
  if (cookie !== undefined && route.refreshCookie === undefined) {
    throw new Error(`${route.name} does not declare what it does with the refresh cookie`)
  }
  const headers = {
    // A tag names a version, not a caller: clients may hold it, browsers must not store the reply (`headers.ts`),
    // or the next person who signs in there would have somebody else's copy confirmed.
    ...(version !== undefined && { etag: etagOf(version) }),
    ...(location !== undefined && { location }),
    // No other origin, and no program, has the cookie or gets one.
    ...(cookie !== undefined &&
      isSameOrigin(event, settings.publicUrl) && { 'set-cookie': setCookie(cookie, ask.now) }),
    ...settings.counting?.headers(outcome.standings),
  }
  if (route.method === 'GET' && isNotModified(headerOf(event, 'if-none-match'), version)) {
    return { statusCode: 304, headers, body: '' }
  }
  if (file !== undefined) {
    const { bytes, mediaType, policy } = file
    const fileHeaders = {
      ...headers,
      'content-type': mediaType,
      ...(policy && { 'content-security-policy': policy }),
    }
    return {
      statusCode: 200,
      headers: fileHeaders,
      body: Buffer.from(bytes).toString('base64'),
      isBase64Encoded: true,
    }
  }
  if (route.reply.schema === undefined) return { statusCode: route.reply.status, headers, body: '' }
  const next = nextPosition === undefined ? undefined : writeCursor(settings.cursorKey, digest, nextPosition)
  const page = next === undefined ? {} : { next: nextLink(event, next) }
  return {
    statusCode: route.reply.status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ ...(sparse(body, fields) as object), ...page }),
  }
}
