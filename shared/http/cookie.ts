import type { APIGatewayProxyEvent } from 'aws-lambda'
import { refreshCookieName as name } from '../api/refreshCookie.ts'
import { Failure } from '../domain/failure.ts'
import type { Outcome } from '../domain/useCase.ts'
import { headerOf } from './request.ts'

/** Values of all cookies of our name. A browser has one at most; which of several is ours nobody could say. */
export const cookiesOf = (event: APIGatewayProxyEvent): string[] => {
  const pairs = (headerOf(event, 'cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1))
}

/** Lives as long as its session. `null` clears it. */
export const setCookie = (cookie: NonNullable<Outcome<unknown>['cookie']> | null, now: string): string => {
  const left = cookie === null ? 0 : Date.parse(cookie.expiresAt) - Date.parse(now)
  const lifetime = Math.floor(left / 1000)
  return `${name}=${cookie?.value ?? ''}; Path=/; Max-Age=${lifetime}; HttpOnly; Secure; SameSite=Strict`
}

/** A browser says where a request comes from; silence counts as elsewhere, since every browser that has our cookie speaks. */
export const isSameOrigin = (event: APIGatewayProxyEvent, publicUrl: string): boolean => {
  const site = headerOf(event, 'sec-fetch-site')
  const origin = headerOf(event, 'origin')
  const isOurs = site === undefined ? origin === publicUrl : site === 'same-origin'
  return isOurs && (origin === undefined || origin === publicUrl)
}

export const requireSameOrigin = (event: APIGatewayProxyEvent, publicUrl: string): void => {
  if (!isSameOrigin(event, publicUrl)) throw new Failure('cross-site')
}
