import { describe, expect, test } from 'vitest'
import { cookieOf, requireSameOrigin, setCookie } from '../../../shared/http/cookie.ts'
import { anEvent } from './support/kernel.ts'

const ours = 'https://duely.test'
const withHeaders = (headers: Record<string, string>) => anEvent({ headers })

describe('the refresh cookie', () => {
  test('is out of reach of scripts, other sites and plain HTTP', () => {
    expect(setCookie('abc').split('; ').sort()).toEqual(
      [
        'HttpOnly',
        'Max-Age=2592000',
        'Path=/',
        'SameSite=Strict',
        'Secure',
        '__Host-duely_refresh=abc',
      ].sort(),
    )
    expect(setCookie(null)).toContain('__Host-duely_refresh=; Path=/; Max-Age=0;')
  })

  test.each([
    ['__Host-duely_refresh=abc', 'abc'],
    ['a=b; __Host-duely_refresh=a=b=c; d=e', 'a=b=c'],
    ['x__Host-duely_refresh=evil', undefined],
    ['duely_refresh=evil', undefined],
    ['__host-duely_refresh=evil', undefined],
    ['', undefined],
  ])('in %j is %s', (cookie, token) => {
    expect(cookieOf(withHeaders({ Cookie: cookie }))).toBe(token)
  })
})

describe('where a request comes from', () => {
  test.each([
    [{ 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: ours }, true],
    [{ Origin: ours }, true],
    [{}, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: ours }, false],
    [{ origin: 'null' }, false],
    [{ origin: `${ours}.evil.test` }, false],
    [{ origin: 'http://duely.test' }, false],
    [{ origin: 'https://app.test' }, false],
  ] as [Record<string, string>, boolean][])('%j: %s', (headers, isTaken) => {
    const check = () => requireSameOrigin(withHeaders(headers), ours)
    if (isTaken) expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ code: 'cross-site' }))
  })
})
