import type { APIGatewayProxyResult } from 'aws-lambda'
import { expect, test } from 'vitest'
import { getMe } from '../../../shared/api/routes/account.ts'
import { refresh } from '../../../shared/api/routes/sessions.ts'
import { forgetRefused } from '../../../shared/http/forgetCookie.ts'
import type { HttpSettings } from '../../../shared/http/settings.ts'
import { anEvent } from './support/kernel.ts'

const Cookie = 'other=1; __Host-duely_refresh=token'
const here = { Cookie, Origin: 'https://duely.test' }

/** Headers of an answer, behind the middleware. */
const after = async (statusCode: number, headers: Record<string, string>, route: object = refresh) => {
  const response: APIGatewayProxyResult = { statusCode, headers: { a: 'b' }, body: '' }
  const { onError } = forgetRefused(route as never, { publicUrl: 'https://duely.test' } as HttpSettings)
  await onError?.({ event: anEvent({ headers }), response } as never)
  return response.headers
}

test('a refresh token that is refused is forgotten by the browser', async () => {
  expect(await after(401, here)).toEqual({
    a: 'b',
    'set-cookie': expect.stringMatching(/^__Host-duely_refresh=;.*Max-Age=0/),
  })
})

test.each([
  [403, here, refresh],
  [415, here, refresh],
  [401, { Origin: here.Origin }, refresh],
  [401, { Cookie }, refresh],
  [401, { ...here, 'sec-fetch-site': 'cross-site' }, refresh],
  [401, here, getMe],
])('the cookie stays after %i with headers %o', async (status, headers, route) => {
  expect(await after(status, headers as Record<string, string>, route)).toEqual({ a: 'b' })
})
