import { describe, expect, test } from 'vitest'
import { confirmSignUp } from '../../../shared/api/routes/account.ts'
import { routes } from '../../../shared/api/routes.ts'
import { limitsOf } from '../../../shared/api/throttles.ts'
import { standingOf } from '../../../shared/domain/throttle/bucket.ts'
import { limitHeaders } from '../../../shared/http/limits.ts'
import { serve } from '../../../shared/http/serve.ts'
import { serveOpen } from '../../../shared/http/serveOpen.ts'

const limit = { burst: 10, everySeconds: 300 }
const standing = (name: 'account' | 'address', missing: number, taken = true) =>
  standingOf(name, limit, { fullAt: missing * 1000, now: 0, taken })

describe('RateLimit fields', () => {
  test('name each policy, and what remains of the address', () => {
    expect(limitHeaders([standing('address', 300), standing('account', 600)])).toEqual({
      'ratelimit-policy': '"address";q=10;w=3000, "account";q=10;w=3000',
      ratelimit: '"address";r=9;t=300',
    })
  })

  test('tell of an account only when there is nothing left of it', () => {
    const { ratelimit } = limitHeaders([standing('address', 300), standing('account', 3000, false)])
    expect(ratelimit).toBe('"address";r=9;t=300, "account";r=0;t=3000')
  })

  test('are absent where there are no limits', () => {
    expect(limitHeaders([])).toEqual({})
  })
})

describe('every route that asks for no live session', () => {
  const open = routes.filter(({ access }) => access.kind === 'public' || access.kind === 'refresh')
  test.each(open.map((route) => [route.name, route] as const))(
    '%s has limits or says why not',
    (_, route) => {
      if (limitsOf(route) !== undefined) return
      expect((route.throttle as { none?: string } | undefined)?.none).toMatch(/\w+ \w+/)
      // Whoever holds a refresh token has proven something; what anybody may call touches nothing without a limit.
      if (route.access.kind === 'public') expect(route.uses).toEqual({})
    },
  )

  test('which are some with and some without', () => {
    const limited = open.filter((route) => limitsOf(route) !== undefined).map(({ name }) => name)
    const known = ['signUp', 'confirmSignUp', 'resendCode', 'signIn', 'forgotPassword', 'resetPassword']
    expect(limited).toEqual(expect.arrayContaining(known))
  })
})

test('every route with limits may count', () => {
  for (const route of routes.filter((one) => limitsOf(one) !== undefined)) {
    expect(route.uses.table, route.name).toContain('UpdateItem')
  }
})

test('in any hour no account can be guessed at more often than a hundred times, or be mailed to more than five times', () => {
  const most = { password: 100, code: 100, mail: 5, link: 100 }
  for (const limits of routes.map(limitsOf)) {
    if (limits === undefined) continue
    const { burst, everySeconds } = limits.account
    expect(burst + Math.floor(3600 / everySeconds)).toBeLessThanOrEqual(most[limits.purpose])
  }
})

test('a function whose route has limits does not start with nothing that counts', () => {
  const useCase = { run: async () => ({ body: undefined }) }
  expect(() => serve(confirmSignUp, useCase, { settings: {} } as never)).toThrow('nothing here counts')
  expect(() => serveOpen(confirmSignUp, () => ({ body: undefined }), {} as never)).toThrow('nothing here')
})
