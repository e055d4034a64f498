import { describe, expect, test } from 'vitest'
import { cookiesOf, requireSameOrigin, setCookie } from '../../../shared/http/cookie.ts'
import { anEvent } from './support/kernel.ts'

const ours = 'https://duely.test'
const withHeaders = (headers: Record<string, string>) => anEvent({ headers })

describe('the refresh cookie', () => {
  test('is out of reach of scripts, other sites and plain HTTP', () => {
    const cookie = { value: 'abc', expiresAt: '2026-12-21T09:00:00.000Z' }
    expect(setCookie(cookie, '2026-11-21T09:00:00.000Z').split('; ').sort()).toEqual(
      [
        'HttpOnly',
        'Max-Age=2592000',
        'Path=/',
        'SameSite=Strict',
        'Secure',
        '__Host-duely_refresh=abc',
      ].sort(),
    )
    expect(setCookie(null, '')).toBe(
      '__Host-duely_refresh=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
    )
  })

  test('lives for the whole seconds that are left of its session', () => {
    const cookie = { value: 'abc', expiresAt: '2026-11-21T09:01:00.000Z' }
    expect(setCookie(cookie, '2026-11-21T09:00:00.001Z')).toContain('; Max-Age=59;')
  })

  test.each([
    ['__Host-duely_refresh=abc', ['abc']],
    ['a=b; __Host-duely_refresh=a=b=c; d=e', ['a=b=c']],
    ['__Host-duely_refresh=a; __Host-duely_refresh=b', ['a', 'b']],
    ['__Host-duely_refresh=', ['']],
    ['x__Host-duely_refresh=evil', []],
    ['duely_refresh=evil', []],
    ['__host-duely_refresh=evil', []],
    ['', []],
  ])('in %j is %j', (cookie, tokens) => {
    expect(cookiesOf(withHeaders({ Cookie: cookie }))).toEqual(tokens)
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
