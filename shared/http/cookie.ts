import type { APIGatewayProxyEvent } from 'aws-lambda'
import { refreshCookieName as name } from '../api/refreshCookie.ts'
import { Failure } from '../domain/failure.ts'
import { headerOf } from './request.ts'

const lifetimeSeconds = 30 * 86_400

export const cookieOf = (event: APIGatewayProxyEvent): string | undefined => {
  const pairs = (headerOf(event, 'cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** `null` clears it. */
export const setCookie = (token: string | null): string => {
  const lifetime = token === null ? 0 : lifetimeSeconds
  return `${name}=${token ?? ''}; Path=/; Max-Age=${lifetime}; HttpOnly; Secure; SameSite=Strict`
}

/** A browser says where a request comes from; silence is refused, since every browser that has our cookie speaks. */
export const requireSameOrigin = (event: APIGatewayProxyEvent, publicUrl: string): void => {
  const site = headerOf(event, 'sec-fetch-site')
  const origin = headerOf(event, 'origin')
  const isOurs = site === undefined ? origin === publicUrl : site === 'same-origin'
  if (!isOurs || (origin !== undefined && origin !== publicUrl)) throw new Failure('cross-site')
}
