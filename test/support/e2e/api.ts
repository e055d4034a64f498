import { expect, inject } from 'vitest'
import type * as z from 'zod/mini'
import { createClient } from '../../../shared/api/client.ts'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { type ProblemCode, problems } from '../../../shared/api/problems.ts'
import { type Problem, problem } from '../../../shared/api/schemas/problem.ts'

/** Unlike the client's own requests these may be wrong on purpose. */
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

export type Refusal = Problem & { readonly headers: Headers }

type Answer<Route extends RouteDeclaration> = Route['reply']['schema'] extends z.ZodMiniType
  ? z.infer<Route['reply']['schema']>
  : undefined

/** The API as one caller uses it. Every reply is held against its declaration. */
export interface Api {
  /** Whatever the answer is. */
  send(route: RouteDeclaration, request?: Request): Promise<Reply>
  /** Expects the declared success. */
  ok<Route extends RouteDeclaration>(route: Route, request?: Request): Promise<Reply<Answer<Route>>>
  /** Expects this problem. */
  refused(code: ProblemCode, route: RouteDeclaration, request?: Request): Promise<Refusal>
}

/** Address of the deployment, with a path behind it. */
export const urlOf = (path: string): string => inject('target').baseUrl + path

/** An answer to a request that was made without the client. */
export async function parsed(response: Response): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  const isJson = /\bjson\b/.test(headers.get('content-type') ?? '')
  return { status, headers, body: isJson ? (JSON.parse(text) as unknown) : text }
}

/** Holds a refusal against RFC 9457 and our own conventions. */
export function problemIn({ status, headers, body }: Reply, code: ProblemCode): Refusal {
  const document = problem.parse(body)
  expect(document).toMatchObject({ type: `urn:duely:problem:${code}`, status: problems[code].status })
  expect(status).toBe(problems[code].status)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('x-request-id')).toBe(document.requestId)
  return { ...document, headers }
}

export function apiFor(accessToken?: string): Api {
  const { baseUrl } = inject('target')
  const client = createClient({ baseUrl, checked: true, ...(accessToken !== undefined && { accessToken }) })
  const send = (route: RouteDeclaration, request: Request = {}): Promise<Reply> =>
    client.call(route, request as never)
  return {
    send,
    ok: async (route, request) => {
      const reply = await send(route, request)
      const { status, body } = reply
      expect(status, `${route.name} answered ${JSON.stringify(body)}`).toBe(route.reply.status)
      return reply as Reply<never>
    },
    refused: async (code, route, request) => problemIn(await send(route, request), code),
  }
}
