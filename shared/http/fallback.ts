import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { RouteDeclaration } from '../api/declaration.ts'
import { Failure, notFound } from '../domain/failure.ts'
import { preflightHeaders } from './headers.ts'
import { answerProblems, logRequest, standardHeaders } from './middleware.ts'
import { headerOf } from './request.ts'
import type { HttpSettings } from './settings.ts'

type Pattern = Pick<RouteDeclaration, 'method' | 'path'>

const fits = (pattern: string, path: string): boolean => {
  const [parts, segments] = [pattern.split('/'), path.split('/')]
  if (parts.length !== segments.length) return false
  return parts.every((part, index) =>
    part.startsWith('{') ? segments[index] !== '' : part === segments[index],
  )
}

/** Methods that a path takes; none when no route has it. */
const methodsAt = (routes: readonly Pattern[], path: string): string[] => {
  const methods = routes.filter((route) => fits(route.path, path)).map(({ method }) => method)
  return methods.length === 0 ? [] : [...new Set(methods), 'OPTIONS']
}

/** RFC 9110, 15.5.6: a 405 names the methods that there are. */
const nameMethods = (
  routes: readonly Pattern[],
): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => ({
  onError: ({ event, response }) => {
    if (response?.statusCode === 405) {
      response.headers = { ...response.headers, allow: methodsAt(routes, event.path).join(', ') }
    }
  },
})

/** The handler of whatever no declared route matches: 404, 405, or the answer to OPTIONS and CORS preflights. */
export const serveUnmatched = (name: string, routes: readonly Pattern[], settings: HttpSettings) => {
  const answer = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const methods = methodsAt(routes, event.path)
    if (methods.length === 0) throw notFound()
    if (event.httpMethod !== 'OPTIONS') throw new Failure('method-not-allowed')
    const isAllowed = settings.allowedOrigins.includes(headerOf(event, 'origin') ?? '')
    const headers = { allow: methods.join(', '), ...(isAllowed && preflightHeaders(methods)) }
    return { statusCode: 204, headers, body: '' }
  }
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
    .use(logRequest({ name, path: '$default' }, settings))
    .use(standardHeaders(settings))
    .use(nameMethods(routes))
    .use(answerProblems(settings))
    .handler(answer)
}
