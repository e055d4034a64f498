import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { createToken, revokeToken } from '../../../shared/api/routes/tokens.ts'
import { routes } from '../../../shared/api/routes.ts'
import { type Scope, scopeOf, scopes } from '../../../shared/api/scopes.ts'
import { type App, startApp } from '../../support/app.ts'
import { writesOn } from '../../support/hostile/effects.ts'
import { smallTeam } from '../../support/hostile/smallTeam.ts'
import type { OrdinaryCall } from '../../support/ordinary/call.ts'
import { ordinaryCalls } from '../../support/ordinary/measureRoutes.ts'
import { succeed, type Team } from '../../support/ordinary/team.ts'

let app: App
let team: Team
let writes: () => number
beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  writes = writesOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

const calls = new Map<string, OrdinaryCall>()
/** Prepared once: what is refused is refused before anybody looks whether it is still to be done. */
const prepared = async ({ name }: RouteDeclaration) => {
  const call = calls.get(name) ?? (await ordinaryCalls[name]?.(team))
  if (call?.who === undefined) throw new Error(`no ordinary call of ${name}`)
  calls.set(name, call)
  return { who: call.who, request: call.request }
}

/** The answer to the ordinary call of a route, made with a token of the same person, and whether it had any effect. */
const callWith = async (allowed: readonly Scope[], route: RouteDeclaration) => {
  const { who, request } = await prepared(route)
  const body = { name: 'Probe', scopes: allowed, expiresInDays: 1 }
  const { body: made } = await succeed(app, who, createToken, { body })
  const before = [writes(), app.notices.length, app.work.length]
  const reply = await app.call({ userId: who.userId, token: made.token }, route, request)
  const after = [writes(), app.notices.length, app.work.length]
  // There are more routes than places for tokens.
  await succeed(app, who, revokeToken, { params: { tokenId: made.id } })
  return { reply, hasEffect: after.join() !== before.join() }
}

/** Some ordinary calls wait until all that happened before them has been dealt with. */
const patienceMs = 240_000

const kept = routes.filter(({ access }) => access.kind === 'member' || access.kind === 'session')
const cells = (all: readonly RouteDeclaration[]) => all.map((route) => [route.name, route] as const)
const open = kept.filter((route) => scopeOf(route) !== undefined)

describe('with the one scope that it names a route does what it does', () => {
  test.each(cells(open))('%s', async (_, route) => {
    const { reply } = await callWith([scopeOf(route) as Scope], route)
    expect(reply.status).toBe(route.reply.status)
  })
})

describe('with all other scopes it refuses, without effect', () => {
  test.each(cells(open))('%s', async (_, route) => {
    const needed = scopeOf(route)
    const others = scopes.filter((scope) => scope !== needed)
    const { reply, hasEffect } = await callWith(others, route)
    const { status, body } = reply
    expect([status, body.type, body.scope]).toEqual([403, 'urn:duely:problem:insufficient-scope', needed])
    expect(hasEffect).toBe(false)
  })
})

describe('whatever its scopes, a token is no credential', () => {
  const closed = kept.filter((route) => scopeOf(route) === undefined)
  test.each(cells(closed))(
    'for %s',
    async (_, route) => {
      const { reply, hasEffect } = await callWith(scopes, route)
      expect([reply.status, hasEffect]).toEqual([401, false])
    },
    patienceMs,
  )
})
