import { expect, inject } from 'vitest'
import * as z from 'zod/mini'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { bodyProblems, commonProblems, type ProblemCode, problems } from '../../../shared/api/problems.ts'

export interface Request {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Reply<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

/** RFC 9457, with the members that all our problems have and those that some have. */
const problemDocument = z.strictObject({
  type: z.string(),
  title: z.string().check(z.minLength(1)),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string(), detail: z.string() }))),
  version: z.optional(z.int()),
  conflicts: z.optional(
    z.array(
      z.strictObject({
        field: z.string(),
        base: z.optional(z.unknown()),
        mine: z.optional(z.unknown()),
        theirs: z.optional(z.unknown()),
      }),
    ),
  ),
  requestId: z.string().check(z.minLength(1)),
})
export type Problem = z.infer<typeof problemDocument>
export interface Refusal extends Problem {
  readonly headers: Headers
}

type Answer<Route extends RouteDeclaration> = Route['reply']['schema'] extends z.ZodMiniType
  ? z.infer<Route['reply']['schema']>
  : undefined

/** The API as one caller uses it. Everything that comes back is held against the declarations. */
export interface Api {
  /** Whatever the answer is. */
  send(route: RouteDeclaration, request?: Request): Promise<Reply>
  /** Expects the declared success. */
  ok<Route extends RouteDeclaration>(route: Route, request?: Request): Promise<Reply<Answer<Route>>>
  /** Expects this problem, which the declaration must name. */
  refused(code: ProblemCode, route: RouteDeclaration, request?: Request): Promise<Refusal>
}

const pathOf = (route: RouteDeclaration, { params = {}, query = {} }: Request): string => {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return search === '' ? path : `${path}?${search}`
}

/** Address of the deployment, with a path behind it. */
export const urlOf = (path: string): string => inject('target').baseUrl + path

export async function parsed(response: Response): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  const isJson = /^application\/(problem\+)?json/.test(headers.get('content-type') ?? '')
  return { status, headers, body: isJson ? (JSON.parse(text) as unknown) : text === '' ? undefined : text }
}

const mayAnswer = ({ access, body, params, problems: own, query }: RouteDeclaration): ProblemCode[] => [
  ...commonProblems,
  ...own,
  ...(body === undefined ? [] : bodyProblems),
  ...(access.kind === 'public' ? [] : (['unauthenticated'] as const)),
  ...(access.kind === 'member' ? (['forbidden'] as const) : []),
  ...(hasFields(params) || hasFields(query) ? (['not-found'] as const) : []),
]
const hasFields = (shape: z.ZodMiniType): boolean =>
  Object.keys((shape as unknown as { shape?: object }).shape ?? {}).length > 0

/** Holds a refusal against RFC 9457 and our own conventions. */
export function problemIn({ status, headers, body }: Reply, code: ProblemCode): Refusal {
  const document = z.parse(problemDocument, body, { reportInput: true })
  expect(document.type).toBe(`urn:duely:problem:${code}`)
  expect([status, document.status]).toEqual([problems[code].status, problems[code].status])
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('x-request-id')).toBe(document.requestId)
  return { ...document, headers }
}

export function apiFor(accessToken?: string): Api {
  const send = async (route: RouteDeclaration, request: Request = {}): Promise<Reply> => {
    const { body, headers = {} } = request
    const response = await fetch(urlOf(pathOf(route, request)), {
      method: route.method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return parsed(response)
  }
  return {
    send,
    ok: async (route, request) => {
      const reply = await send(route, request)
      expect(reply, `${route.name} answered ${JSON.stringify(reply.body)}`).toHaveProperty(
        'status',
        route.reply.status,
      )
      if (route.reply.schema === undefined) expect(reply.body).toBeUndefined()
      else z.parse(route.reply.schema, reply.body)
      return reply as Reply<never>
    },
    refused: async (code, route, request) => {
      expect(mayAnswer(route), `declared problems of ${route.name}`).toContain(code)
      return problemIn(await send(route, request), code)
    },
  }
}
