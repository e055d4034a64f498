import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { RouteDeclaration } from '../api/declaration.ts'
import { limitsOf } from '../api/throttles.ts'
import type { Outcome } from '../domain/useCase.ts'
import { parse } from './ask.ts'
import { answerProblems, logRequest, standardHeaders } from './middleware.ts'
import { reply } from './reply.ts'
import type { AskOf } from './serve.ts'
import type { HttpSettings } from './settings.ts'

type Answer<Route extends RouteDeclaration> = (
  ask: AskOf<Route>,
) => Outcome<unknown> | Promise<Outcome<unknown>>

/**
 * The Lambda handler of a route that anybody may call and that touches no data: parse → answer → reply.
 * `headers` stand over the standard ones. Throws for a route that is not declared public, or that has limits.
 */
export const serveOpen = <Route extends RouteDeclaration>(
  route: Route,
  answer: Answer<Route>,
  settings: HttpSettings,
  headers: Readonly<Record<string, string>> = {},
) => {
  if (route.access.kind !== 'public') throw new Error(`${route.name} is not declared public`)
  if (limitsOf(route) !== undefined) throw new Error(`${route.name} declares limits, and nothing here counts`)
  const handle = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const parsed = await parse(route, event, settings)
    const result = reply(route, event, parsed, await answer(parsed.ask as AskOf<Route>), settings)
    return { ...result, headers: { ...result.headers, ...headers } }
  }
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(logRequest(route, settings))
    .use(standardHeaders(settings))
    .use(answerProblems(settings))
    .handler(handle)
}
