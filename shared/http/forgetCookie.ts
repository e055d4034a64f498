import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { RouteDeclaration } from '../api/declaration.ts'
import { cookiesOf, isSameOrigin, setCookie } from './cookie.ts'
import type { HttpSettings } from './settings.ts'

/**
 * A browser whose refresh token is refused is told to forget it, or it would be refused for ever. Of a request that is
 * refused for where it comes from, or for its form, the token has not been looked at.
 */
export const forgetRefused = (
  { access }: RouteDeclaration,
  { publicUrl }: HttpSettings,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => ({
  onError: ({ event, response }) => {
    if (access.kind !== 'refresh' || response?.statusCode !== 401) return
    if (cookiesOf(event).length === 0 || !isSameOrigin(event, publicUrl)) return
    response.headers = { ...response.headers, 'set-cookie': setCookie(null, '') }
  },
})
