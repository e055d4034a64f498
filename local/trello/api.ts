import { setTimeout as delay } from 'node:timers/promises'
import { createClient, type ReplyOf, type RequestOf } from '../../shared/api/client.ts'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import type { ProblemCode } from '../../shared/api/problems.ts'

type Body<Route extends RouteDeclaration> = Extract<ReplyOf<Route>, { ok: true }>['body']

/** The API refused a request; `code` ends the problem's type. */
class Refused extends Error {
  readonly code: string
  constructor(route: RouteDeclaration, code: string, words: string) {
    super(`${route.method} ${route.path} was refused: ${words}`)
    this.code = code
  }
}

export const isRefusal = (error: unknown, ...codes: readonly ProblemCode[]): boolean =>
  error instanceof Refused && codes.includes(error.code as ProblemCode)

export interface Api {
  /** The body of the declared success. Throws `Refused`. */
  call<Route extends RouteDeclaration>(route: Route, request: RequestOf<Route>): Promise<Body<Route>>
}

const attempts = 10
/** Problems that pass by themselves. */
const passing = /:(in-progress|too-many-requests|unavailable)$/

/** One caller of the API. What passes by itself is tried again after the time that the answer names. */
export function apiFor(baseUrl: string, accessToken?: string): Api {
  const client = createClient({ baseUrl, ...(accessToken !== undefined && { accessToken }) })
  return {
    call: async <Route extends RouteDeclaration>(route: Route, request: RequestOf<Route>) => {
      for (let attempt = 1; ; attempt++) {
        const reply = await client.call(route, request as never)
        if (reply.ok) return reply.body as Body<Route>
        const { type = '', title = '', detail, errors } = reply.body ?? {}
        if (attempt < attempts && passing.test(type)) {
          await delay(Number(reply.headers.get('retry-after') ?? 1) * 1000)
          continue
        }
        const words = [`${reply.status} ${title}`, detail, errors && JSON.stringify(errors)]
        throw new Refused(route, type.split(':').at(-1) ?? '', words.filter(Boolean).join(' '))
      }
    },
  }
}
