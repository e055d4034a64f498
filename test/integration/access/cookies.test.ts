import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as account from '../../../shared/api/routes/account.ts'
import * as sessions from '../../../shared/api/routes/sessions.ts'
import { routes } from '../../../shared/api/routes.ts'
import { deletionPhrase } from '../../../shared/api/schemas/privacy.ts'
import { type App, type Reply, type Request, type Someone, startApp } from '../../support/app.ts'
import {
  contentTypes,
  headersOf,
  isOwn,
  nameOf,
  type Place,
  places,
  type TypeName,
} from '../../support/cookies/cells.ts'
import { clearedCookie, cookieFor, setCookieOf } from '../../support/cookies/setCookie.ts'
import { mailedCode } from '../../support/fakeIdentity.ts'
import { digestOf, writesOn } from '../../support/hostile/effects.ts'

let app: App
let writes: () => number
beforeAll(async () => {
  app = await startApp()
  writes = writesOn(app.engine.client)
})
afterAll(() => app.close())

const password = 'correct horse battery staple'
const atHome = { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://duely.test' }
const types = Object.keys(contentTypes) as TypeName[]
const monthSeconds = 30 * 86_400

/** Somebody whose browser has just signed in. */
interface Browser extends Someone {
  readonly email: string
  readonly sessionId: string
  /** The refresh token in the cookie. */
  readonly value: string
}

const newAccount = async (): Promise<string> => {
  const email = `ines.${randomUUID()}@example.com`
  await app.call(undefined, account.signUp, { body: { email, password, name: 'Inés', zone: 'UTC' } })
  await app.call(undefined, account.confirmSignUp, { body: { email, code: mailedCode, password } })
  return email
}
const browser = async (): Promise<Browser> => {
  const email = await newAccount()
  const body = { email, password, refreshTokenIn: 'cookie' }
  const reply = await app.call(undefined, sessions.signIn, { body, headers: atHome })
  const who = { userId: '', token: reply.body.accessToken }
  const { items } = (await app.call(who, sessions.listSessions)).body
  return { ...who, email, sessionId: items[0].id, value: String(setCookieOf(reply)?.value) }
}

const name = '__Host-duely_refresh'
/** What the `Cookie` header may hold. */
const cookies = {
  valid: (value: string) => `theme=dark; ${name}=${value}`,
  twice: (value: string) => `${name}=${value}; ${name}=${value}`,
  'twice, once foreign': (value: string) => `${name}=${value}; ${name}=evil`,
  empty: () => `${name}=`,
  'of another name': (value: string) =>
    `${name.toLowerCase()}=${value}; ${name}x=${value}; x${name}=${value}`,
}
type CookieName = keyof typeof cookies

/** How each route that has to do with the cookie is called with good credentials. */
const rows: Readonly<
  Record<string, (one: Browser) => { readonly who?: Someone; readonly request: Request }>
> = {
  signIn: ({ email }) => ({ request: { body: { email, password, refreshTokenIn: 'cookie' } } }),
  refresh: () => ({ request: { body: {} } }),
  signOut: (who) => ({ who, request: { body: {} } }),
  signOutEverywhere: (who) => ({ who, request: { body: {} } }),
  endSession: (who) => ({ who, request: { params: { sessionId: who.sessionId } } }),
  deleteMe: (who) => ({ who, request: { body: { password, confirm: deletionPhrase } } }),
}

const cookieRoutes = routes.filter(({ refreshCookie }) => refreshCookie !== undefined)
const named = (route: RouteDeclaration) => [route.name, route] as const

test('every route that has to do with the cookie has a row, and says what it does with it', () => {
  expect(Object.keys(rows).toSorted()).toEqual(cookieRoutes.map((route) => route.name).toSorted())
  const takesToken = ({ body }: RouteDeclaration): boolean => {
    const { shape = {} } = (body ?? {}) as { shape?: object }
    return 'refreshToken' in shape || 'refreshTokenIn' in shape
  }
  for (const route of routes.filter(takesToken)) {
    expect(route.refreshCookie, route.name).toContain('refreshToken' in shapeOf(route) ? 'taken' : 'set')
  }
})
const shapeOf = ({ body }: RouteDeclaration): object => (body as unknown as { shape: object }).shape

const call = (
  route: RouteDeclaration,
  one: Browser,
  headers: Record<string, string>,
  body?: string,
): Promise<Reply> => {
  const { who, request } = rows[route.name]?.(one) ?? { request: {} }
  return app.call(who, route, { ...request, ...(body !== undefined && { body }), headers })
}

type Refused = readonly [what: string, run: () => Promise<Reply>, status: number]

/** What has happened so far: writes to the table, requests to the user pool, messages. */
const effects = () => [
  writes(),
  app.asked.length,
  app.notices.length,
  app.work.length,
  app.accountWork.length,
]

/** Runs calls that must be refused with these statuses, without a cookie and without any effect. */
const refused = async (calls: readonly Refused[]) => {
  const before = effects()
  for (const [what, run, status] of calls) {
    const reply = await run()
    expect([reply.status, setCookieOf(reply)], what).toEqual([status, undefined])
    expect(effects(), what).toEqual(before)
  }
}

describe.each(cookieRoutes.filter(({ refreshCookie }) => refreshCookie?.includes('taken')).map(named))(
  '%s takes the token of the cookie',
  (_, route) => {
    const ends = route.reply.status === 204

    test.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_name, place) => {
      const one = await browser()
      const cells = types.flatMap((type) =>
        (Object.keys(cookies) as CookieName[]).flatMap((cookie) =>
          ['{}', ''].map((body) => ({ type, cookie, body })),
        ),
      )
      /** Forms and their like are refused by their body, or else by what they say of it. */
      const statusOf = ({ type, body }: (typeof cells)[number]): number | undefined => {
        if (type !== 'json' && body !== '') return 415
        if (!isOwn(place)) return 403
        return type === 'json' ? undefined : 415
      }
      const asked = cells.filter(({ cookie }) => cookie !== 'of another name')
      await refused(
        asked.flatMap((cell) => {
          const status = statusOf(cell)
          const { type, cookie, body } = cell
          const run = () => call(route, one, headersOf(place, type, cookies[cookie](one.value)), body)
          return status === undefined
            ? []
            : [[`${type}, cookie ${cookie}, body ${body}`, run, status] as const]
        }),
      )
      for (const { type, cookie, body } of cells.filter((cell) => statusOf(cell) === undefined)) {
        const other = await browser()
        app.clock.now += 3_600_500
        const reply = await call(route, other, headersOf(place, type, cookies[cookie](other.value)), body)
        const isTaken = cookie === 'valid'
        expect(reply.status, cookie).toBe(isTaken || ends ? route.reply.status : 401)
        const left = monthSeconds - 3_601
        const next = cookieFor(expect.stringMatching(/^duely_rt_/), left)
        const isForeign = cookie === 'of another name'
        const cleared = isForeign && !ends ? undefined : clearedCookie
        expect(setCookieOf(reply), cookie).toEqual(isTaken && !ends ? next : cleared)
        expect(setCookieOf(reply)?.value).not.toBe(other.value)
      }
    })
  },
)

describe.each(cookieRoutes.filter(({ refreshCookie }) => refreshCookie?.join() === 'set').map(named))(
  '%s sets the cookie on demand',
  (_, route) => {
    test.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_name, place) => {
      const one = await browser()
      const held = [undefined, cookies.valid(one.value), cookies.twice(one.value), cookies.empty()]
      const cells = types.flatMap((type) => held.map((cookie) => ({ type, cookie })))
      const isRefused = ({ type }: (typeof cells)[number]) => type !== 'json' || !isOwn(place)
      await refused(
        cells.filter(isRefused).map(({ type, cookie }) => {
          const run = () => call(route, one, headersOf(place, type, cookie))
          return [`${type}, cookie ${cookie}`, run, type === 'json' ? 403 : 415] as const
        }),
      )
      for (const { type, cookie } of cells.filter((cell) => !isRefused(cell))) {
        const reply = await call(route, one, headersOf(place, type, cookie))
        expect(reply.status).toBe(route.reply.status)
        expect(reply.body).not.toHaveProperty('refreshToken')
        expect(setCookieOf(reply)).toEqual(cookieFor(expect.stringMatching(/^duely_rt_/), monthSeconds))
      }
    })
  },
)

describe.each(cookieRoutes.filter(({ refreshCookie }) => refreshCookie?.join() === 'cleared').map(named))(
  '%s clears the cookie of our own origin, and says nothing of it to others',
  (_, route) => {
    test.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_name, place) => {
      const one = await browser()
      const cookie = cookies.valid(one.value)
      const others = route.body === undefined ? [] : types.filter((type) => type !== 'json')
      await refused(
        others.map((type) => [type, () => call(route, one, headersOf(place, type, cookie)), 415] as const),
      )
      app.clock.now += 10
      const reply = await call(route, one, headersOf(place, 'json', cookie))
      expect(reply.status).toBe(route.reply.status)
      expect(setCookieOf(reply)).toEqual(isOwn(place) ? clearedCookie : undefined)
      const again = await app.call(undefined, sessions.refresh, {
        body: {},
        headers: { ...atHome, Cookie: cookie },
      })
      expect([again.status, setCookieOf(again)]).toEqual([401, clearedCookie])
    })
  },
)

test('whoever keeps the token in the body has nothing to do with cookies, wherever the request comes from', async () => {
  const one = await browser()
  for (const place of places) {
    const headers = headersOf(place, 'json', cookies.valid(one.value))
    const signedIn = await app.call(undefined, sessions.signIn, {
      body: { email: one.email, password },
      headers,
    })
    expect([signedIn.status, setCookieOf(signedIn)]).toEqual([200, undefined])
    const { refreshToken } = signedIn.body
    const refreshed = await app.call(undefined, sessions.refresh, { body: { refreshToken }, headers })
    expect([refreshed.status, setCookieOf(refreshed)]).toEqual([200, undefined])
  }
})

test('refusals to other places leave every item of the table as it was; what is taken does not', async () => {
  const one = await browser()
  const refresh = (place: Place) =>
    call(sessions.refresh, one, headersOf(place, 'json', cookies.valid(one.value)))
  const before = await digestOf(app)
  const elsewhere = places.filter((place) => !isOwn(place))
  await refused(elsewhere.map((place) => [nameOf(place), () => refresh(place), 403]))
  expect(await digestOf(app)).toBe(before)
  expect((await refresh({ site: undefined, origin: 'own' })).status).toBe(200)
  expect(await digestOf(app)).not.toBe(before)
})
