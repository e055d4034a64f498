import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { cookieOf, setCookie } from './cookie.ts'

type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>

/** A browser whose refresh token is refused is told to forget it, or it would be refused for ever. */
export const forgetRefused =
  (handler: Handler): Handler =>
  async (event, context) => {
    const result = await handler(event, context)
    const isRefused = result.statusCode === 401 && cookieOf(event) !== undefined
    return isRefused ? { ...result, headers: { ...result.headers, 'set-cookie': setCookie(null) } } : result
  }
