import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { negotiate } from '../i18n/language.ts'
import { corsHeaders, securityHeaders } from './headers.ts'
import { errorLine } from './log.ts'
import { asFailure, problemReply } from './problem.ts'
import { headerOf } from './request.ts'
import type { HttpSettings } from './settings.ts'

type Middleware = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>

/** Names the request in API Gateway's own log as well. */
const requestIdOf = (event: APIGatewayProxyEvent): string => event.requestContext?.requestId ?? 'none'

/** Turns whatever was thrown into a problem document. */
export const answerProblems = ({ problemTitle, counting }: HttpSettings): Middleware => ({
  onError: (request) => {
    const { event, error } = request
    const language = negotiate(headerOf(event, 'accept-language'))
    const failure = asFailure(error)
    const title = problemTitle(failure.code, language)
    const response = problemReply(failure, requestIdOf(event), { language, title })
    const headers = { ...response.headers, ...counting?.headers(failure.standings) }
    request.response = { ...response, headers }
  },
})

/** Security and CORS headers and the request id, on every answer. */
export const standardHeaders = ({ allowedOrigins }: HttpSettings): Middleware => {
  const add: Middleware['after'] = (request) => {
    const { event, response } = request
    if (response === null || response === undefined) return
    const standard = { ...securityHeaders, ...corsHeaders(headerOf(event, 'origin'), allowedOrigins) }
    response.headers = { ...standard, 'x-request-id': requestIdOf(event), ...response.headers }
  }
  return { after: add, onError: add }
}

/** One line for each request, after everything else. */
export const logRequest = (
  route: { name: string; path: string },
  { clock, log }: HttpSettings,
): Middleware => {
  const started = new WeakMap<APIGatewayProxyEvent, number>()
  const write: Middleware['after'] = (request) => {
    const { event, error, response } = request
    const failure = error && asFailure(error)
    const isSurprise = failure?.code === 'internal' || failure?.code === 'unavailable'
    const { workspaceId } = event.pathParameters ?? {}
    log({
      requestId: requestIdOf(event),
      route: route.name,
      method: event.httpMethod,
      path: route.path,
      status: response?.statusCode ?? 500,
      milliseconds: clock() - (started.get(event) ?? clock()),
      ...(/^wsp_[0-9a-z]{26}$/.test(workspaceId ?? '') && { workspaceId: String(workspaceId) }),
      ...(failure && { problem: failure.code }),
      ...(isSurprise && { error: errorLine(error) }),
    })
  }
  return {
    before: ({ event }) => {
      started.set(event, clock())
    },
    after: write,
    onError: write,
  }
}
