import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { Someone } from '../../support/app.ts'
import { digestOf } from '../../support/hostile/effects.ts'
import { randomId } from '../../support/hostile/otherIds.ts'
import { fieldsOf, plain, withId } from '../../support/matrix/fields.ts'
import { type OwnExpectation, ownRows } from '../../support/matrix/ownRows.ts'
import type { Persona } from '../../support/matrix/personas.ts'
import { type Stage, setStage } from '../../support/matrix/stage.ts'
import type { OrdinaryCall } from '../../support/ordinary/call.ts'
import { ordinaryCalls } from '../../support/ordinary/measureRoutes.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
}, 120_000)
afterAll(() => stage.app.close())

const own = routes.filter(({ name }) => ownRows[name] !== undefined)
const cells = own.map((route) => [route.name, route] as const)

/** An ordinary call, with whom it belongs to. */
const prepared = async ({ name }: RouteDeclaration): Promise<Required<OrdinaryCall>> => {
  const call = await ordinaryCalls[name]?.(stage.teams.home)
  if (call?.who === undefined) throw new Error(`no ordinary call of ${name}`)
  return { ...call, who: call.who }
}

const others: readonly Persona[] = [
  'owner',
  'admin',
  'manager',
  'member',
  'guest',
  'suspended',
  'removed',
  'elsewhere',
]
const callerOf = (persona: Persona, scope?: string): Someone | undefined => stage.cast.caller(persona, scope)

describe('without a live session, or with a token that is not for it, nobody is answered', () => {
  test.each(cells)('%s', async (name, route) => {
    const { scope, bound } = ownRows[name] as OwnExpectation
    const { request } = await prepared(route)
    const before = await digestOf(stage.app)
    const statusOf = async (persona: Persona, needed?: string) =>
      (await stage.app.call(callerOf(persona, needed), route, request)).status
    expect(await statusOf('anonymous')).toBe(401)
    expect(await statusOf('signedOut')).toBe(401)
    const lacking = scope === null ? 401 : 403
    expect(await statusOf('wrongScope', scope ?? 'templates:read')).toBe(lacking)
    if (bound === undefined) expect(await statusOf('fullToken')).toBe(lacking)
    expect(await digestOf(stage.app)).toBe(before)
    if (scope === null) return
    // All scopes but one that plays no part here.
    expect(await statusOf('wrongScope', 'templates:write')).toBe(route.reply.status)
    if (bound) expect(await statusOf('fullToken')).toBe(route.reply.status)
  })
})

describe('what is somebody else’s is answered as if it were not there, with no effect', () => {
  const named = cells.filter(([, { path }]) => path.includes('{'))
  test.each(named)('%s', async (_, route) => {
    const { request } = await prepared(route)
    const target = fieldsOf(route).findLast(({ where }) => where === 'params')
    if (target === undefined) throw new Error('nothing is named')
    const before = [await digestOf(stage.app), ...stage.effects()]
    for (const persona of others) {
      const who = callerOf(persona)
      const id = randomId(target.kind)
      const absent = plain(await stage.app.call(who, route, withId(request, target, id)), id)
      const answer = await stage.app.call(who, route, request)
      expect([persona, answer.status, plain(answer)]).toEqual([persona, 404, absent])
    }
    expect([await digestOf(stage.app), ...stage.effects()]).toEqual(before)
  })
})

describe('ids that name nothing of one’s own are refused alike, with no effect', () => {
  const having = cells.filter(([, route]) => fieldsOf(route).length > 0)
  test.each(having)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    const before = [await digestOf(stage.app), ...stage.effects()]
    for (const field of fieldsOf(route)) {
      const answers: string[] = []
      const foreign = field.kind === 'user' ? undefined : stage.foreign(field.kind)
      for (const id of [randomId(field.kind), foreign ?? randomId(field.kind)]) {
        const reply = await stage.app.call(who, route, withId(request, field, id))
        expect([field.pointer, reply.status]).toEqual([field.pointer, field.where === 'params' ? 404 : 400])
        answers.push(plain(reply, id))
      }
      expect(answers[1]).toBe(answers[0])
    }
    expect([await digestOf(stage.app), ...stage.effects()]).toEqual(before)
  })
})

describe('its owner is answered, and whoever asks the same has to do with their own account alone', () => {
  test.each(cells)('%s', async (name, route) => {
    const { who, request } = await prepared(route)
    if (!route.path.includes('{') && ownRows[name]?.staged === undefined) {
      for (const persona of others.filter((one) => one !== 'elsewhere')) {
        const before = await stage.app.stores.people.person(who.userId)
        const { status } = await stage.app.call(callerOf(persona), route, request)
        // No token for a workspace whose member one is no more.
        const isRefused = route.name === 'createToken' && ['suspended', 'removed'].includes(persona)
        expect([persona, status]).toEqual([persona, isRefused ? 400 : route.reply.status])
        expect(await stage.app.stores.people.person(who.userId)).toEqual(before)
        if (route.method !== 'GET') await stage.cast.renew(persona)
      }
    }
    const { who: self, request: fresh } = await prepared(route)
    expect((await stage.app.call(self, route, fresh)).status).toBe(route.reply.status)
  })
})
