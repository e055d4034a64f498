import type { RouteDeclaration } from '../declaration.ts'
import { type ProblemCode, problems } from '../problems.ts'
import { problemsOf } from '../routeProblems.ts'
import { limitsOf } from '../throttles.ts'
import { type Json, nameOf, refTo } from './schemas.ts'

/** `components.headers`. */
export const sharedHeaders = {
  ETag: { description: 'Strong entity tag of the version.', schema: { type: 'string', examples: ['"3"'] } },
  Location: { description: 'Path of what was created.', schema: { type: 'string' } },
  RateLimit: {
    description:
      'What remains of a limit (`r`), and the seconds until all of it is there again (`t`); of `account` only once it is used up.',
    schema: { type: 'string', examples: ['"address";r=49;t=30'] },
  },
  RateLimitPolicy: {
    description:
      'Limits of the route (draft-ietf-httpapi-ratelimit-headers-10): attempts (`q`), and the seconds in which so many come back (`w`).',
    schema: { type: 'string', examples: ['"address";q=50;w=1500, "account";q=10;w=3000'] },
  },
  RequestId: { description: 'Names the request in the log.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait before the next attempt.', schema: { type: 'integer' } },
  SetCookie: {
    description: 'The refresh token, where it travels in a cookie, or the end of that cookie.',
    schema: { type: 'string' },
  },
  WwwAuthenticate: { description: 'Challenge (RFC 6750).', schema: { type: 'string', examples: ['Bearer'] } },
}
const header = (name: keyof typeof sharedHeaders): Json => ({ $ref: `#/components/headers/${name}` })
const always = { 'X-Request-Id': header('RequestId') }
const limited = { RateLimit: header('RateLimit'), 'RateLimit-Policy': header('RateLimitPolicy') }

/** `components.examples`: one problem document for each code. */
export const problemExamples = (): Json =>
  Object.fromEntries(
    Object.entries(problems).map(([code, { status, title }]) => [
      code,
      {
        summary: title,
        value: { type: `urn:duely:problem:${code}`, title, status, requestId: 'c1f3a2…' },
      },
    ]),
  )

const contentOf = ({ name, reply }: RouteDeclaration): Json | undefined => {
  if (reply.schema === undefined) return undefined
  if (reply.mediaType === undefined)
    return { 'application/json': { schema: refTo(nameOf(reply.schema, name)) } }
  return { [reply.mediaType]: {} }
}

const meaning = { 200: 'Done', 201: 'Created', 202: 'Accepted', 204: 'Done; nothing to send' }

/** Whether a reply is about something new that has an address: made, or on its way. */
const isMaking = ({ status, schema }: RouteDeclaration['reply']): boolean =>
  status === 201 || (status === 202 && schema !== undefined)

const success = (route: RouteDeclaration): Json => {
  const { etag, reply, refreshCookie } = route
  const content = contentOf(route)
  const headers = {
    ...always,
    ...(limitsOf(route) && limited),
    ...(etag && { ETag: header('ETag') }),
    ...(isMaking(reply) && { Location: header('Location') }),
    ...(refreshCookie && { 'Set-Cookie': header('SetCookie') }),
  }
  return { description: meaning[reply.status], headers, ...(content && { content }) }
}

const retried: readonly ProblemCode[] = ['in-progress', 'too-many-requests', 'unavailable']

const refusal = (status: number, codes: readonly ProblemCode[]): Json => ({
  description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
  headers: {
    ...always,
    // Of routes that have limits; others share the response.
    ...(status === 429 && limited),
    ...(status === 401 && { 'WWW-Authenticate': header('WwwAuthenticate') }),
    ...(codes.some((code) => retried.includes(code)) && { 'Retry-After': header('RetryAfter') }),
  },
  content: {
    'application/problem+json': {
      schema: refTo('Problem'),
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
})

/** Problems of a route by status; `name` is that of the response they share with other routes. */
const refusalsOf = (route: RouteDeclaration) =>
  [...Map.groupBy(problemsOf(route), (code) => problems[code].status)].map(([status, codes]) => ({
    status,
    codes: codes.toSorted(),
    name: codes.toSorted().join('.'),
  }))

/** `components.responses`: each set of problems that some route answers with one status. */
export const refusals = (routes: readonly RouteDeclaration[]): Json =>
  Object.fromEntries(
    routes.flatMap(refusalsOf).map(({ name, status, codes }) => [name, refusal(status, codes)]),
  )

/** Responses of an operation by status: its success, 304 where it has versions, and its problems. */
export const responsesOf = (route: RouteDeclaration): Json => {
  const isRead = route.method === 'GET' && route.etag
  const refused = refusalsOf(route).map(
    ({ status, name }) => [status, { $ref: `#/components/responses/${name}` }] as const,
  )
  return {
    [route.reply.status]: success(route),
    ...(isRead && { 304: { description: 'Not changed since', headers: { ETag: header('ETag') } } }),
    ...Object.fromEntries(refused),
  }
}
