/** Typed client of the API, made from the declarations. */
import type * as z from 'zod/mini'
import { checkReply } from './checkReply.ts'
import type { RouteDeclaration } from './declaration.ts'
import type { Problem } from './schemas/problem.ts'

type Shape = z.ZodMiniType
/** What a schema takes. For an object without members zod says `Record<string, never>`, which adds up to nothing. */
type Input<Schema extends Shape> = string extends keyof z.input<Schema> ? object : z.input<Schema>
/** A member that may be left out when nothing in it is required. */
type Part<Name extends string, Value> = object extends Value
  ? { readonly [name in Name]?: Value }
  : { readonly [name in Name]: Value }
type BodyPart<Body> = Body extends Shape ? Part<'body', Input<Body>> : { readonly body?: undefined }

/** What a route takes, as its schemas say. `fields` names the members of the reply to send. */
export type RequestOf<Route extends RouteDeclaration> = Part<'params', Input<Route['params']>> &
  Part<'query', Input<Route['query']> & { readonly fields?: string }> &
  BodyPart<Route['body']> & { readonly headers?: Readonly<Record<string, string>> }

type ReplyBody<Schema> = Schema extends Shape ? z.output<Schema> : undefined

/** The route's success, or a problem. After 304 there is no body either. */
export type ReplyOf<Route extends RouteDeclaration> =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: Headers
      readonly body: ReplyBody<Route['reply']['schema']>
    }
  | {
      readonly ok: false
      readonly status: number
      readonly headers: Headers
      readonly body: Problem | undefined
    }

export interface ClientOptions {
  /** Origin of the API, without a trailing slash. */
  readonly baseUrl: string
  /** Sent as `Authorization: Bearer`; a function is asked before each request. */
  readonly accessToken?: string | (() => string | undefined)
  readonly fetch?: typeof fetch
  /** Compares every reply with its declaration, and throws where it differs. */
  readonly checked?: boolean
}

interface AnyRequest {
  readonly params?: object
  readonly query?: object
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const pathOf = ({ path }: RouteDeclaration, params: object = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value: unknown = Object.entries(params).find(([key]) => key === name)?.[1]
    if (value === undefined || value === '') throw new TypeError(`the path needs ${name}`)
    return encodeURIComponent(String(value))
  })

const queryOf = (query: object = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return text === '' ? '' : `?${text}`
}

const headersOf = (route: RouteDeclaration, { body, headers }: AnyRequest, token: string | undefined) => {
  const type = route.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': type }),
    ...headers,
  }
}

/** JSON as its value, other text as it is, and nothing as `undefined`. */
const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  if (text === '') return undefined
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

/** A client: `call(route, { params, query, body, headers })` sends one request and resolves with any answer. */
export const createClient = (options: ClientOptions) => {
  const { baseUrl, accessToken, checked = false } = options
  const send = options.fetch ?? fetch
  return {
    call: async <Route extends RouteDeclaration>(
      route: Route,
      ...[request]: object extends RequestOf<Route> ? [RequestOf<Route>?] : [RequestOf<Route>]
    ): Promise<ReplyOf<Route>> => {
      const asked = (request ?? {}) as AnyRequest
      const token = typeof accessToken === 'function' ? accessToken() : accessToken
      const response = await send(`${baseUrl}${pathOf(route, asked.params)}${queryOf(asked.query)}`, {
        method: route.method,
        headers: headersOf(route, asked, token),
        ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
      })
      const { ok, status, headers } = response
      const answer = { ok, status, headers, body: await bodyOf(response) }
      if (checked)
        checkReply(route, answer, { isSparse: asked.query !== undefined && 'fields' in asked.query })
      return answer as ReplyOf<Route>
    },
  }
}
