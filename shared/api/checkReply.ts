import * as z from 'zod/mini'
import type { RouteDeclaration } from './declaration.ts'
import { problems } from './problems.ts'
import { problemsOf } from './routeProblems.ts'
import { problem } from './schemas/problem.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Where a value differs from its schema: path, kind of issue and, for members too many, their names. */
const issuesOf = (schema: z.ZodMiniType, value: unknown): string | undefined => {
  const { error } = z.safeParse(schema, value)
  return error?.issues
    .map((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? ` ${issue.keys.join(', ')}` : ''
      return `/${issue.path.join('/')}: ${issue.code}${keys}`
    })
    .join('; ')
}

const mediaTypeOf = ({ headers }: Answer): string =>
  (headers.get('content-type') ?? '').replace(/;.*/, '').trim()

const successFault = (route: RouteDeclaration, answer: Answer, isSparse: boolean): string | undefined => {
  const { reply, etag } = route
  if (answer.status !== reply.status) return `the declared status is ${reply.status}`
  if (etag && reply.schema !== undefined && !/^"\d+"$/.test(answer.headers.get('etag') ?? ''))
    return 'there is no strong ETag'
  if (reply.status === 201 && !answer.headers.has('location')) return 'there is no Location'
  if (reply.schema === undefined) return answer.body === undefined ? undefined : 'no content was declared'
  const declared = reply.mediaType ?? 'application/json'
  // The type of a file is its own.
  if (declared !== 'application/octet-stream' && mediaTypeOf(answer) !== declared) {
    return `the declared media type is ${declared}`
  }
  return isSparse ? undefined : issuesOf(reply.schema, answer.body)
}

const problemFault = (route: RouteDeclaration, answer: Answer): string | undefined => {
  if (mediaTypeOf(answer) !== 'application/problem+json') return 'it is no problem document'
  const issues = issuesOf(problem, answer.body)
  if (issues !== undefined) return issues
  const { type, status } = z.parse(problem, answer.body)
  const code = problemsOf(route).find((known) => type === `urn:duely:problem:${known}`)
  if (code === undefined) return `${type} is not among the declared problems`
  const isConsistent = answer.status === problems[code].status && status === answer.status
  return isConsistent ? undefined : `the status of ${code} is ${problems[code].status}`
}

const faultOf = (route: RouteDeclaration, answer: Answer, isSparse: boolean): string | undefined => {
  if (!answer.headers.has('x-request-id')) return 'there is no X-Request-Id'
  const { status } = answer
  if (status === 304) return route.etag && route.method === 'GET' ? undefined : 'it has no versions'
  return status < 400 ? successFault(route, answer, isSparse) : problemFault(route, answer)
}

/** Throws when a reply is not as declared: status, headers, media type, body, problem. */
export const checkReply = (
  route: RouteDeclaration,
  answer: Answer,
  { isSparse }: { isSparse: boolean },
): void => {
  const fault = faultOf(route, answer, isSparse)
  if (fault === undefined) return
  throw new Error(`${route.name} answered ${answer.status}, which is not as declared: ${fault}`)
}
