import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { routes } from '../../../shared/api/routes.ts'
import { digestOf } from '../../support/hostile/effects.ts'
import { hasMember } from '../../support/hostile/schema.ts'
import { filled } from '../../support/matrix/filled.ts'
import { type Stage, setStage } from '../../support/matrix/stage.ts'
import { objectsIn, type Path, storedFields, valueAt, withMember } from '../../support/matrix/stored.ts'
import type { OrdinaryCall } from '../../support/ordinary/call.ts'
import { ordinaryCalls } from '../../support/ordinary/measureRoutes.ts'

let stage: Stage
let fields: ReadonlyMap<string, unknown>
beforeAll(async () => {
  stage = await setStage()
  fields = await storedFields(stage.app)
}, 120_000)
afterAll(() => stage.app.close())

const prepared = async ({ name }: RouteDeclaration): Promise<OrdinaryCall> => {
  const call = await ordinaryCalls[name]?.(stage.teams.home)
  if (call?.request.body === undefined) throw new Error(`no ordinary body of ${name}`)
  const { 'Idempotency-Key': _, ...headers } = call.request.headers ?? {}
  return { ...call, request: { ...call.request, headers } }
}

interface Planted {
  readonly place: string
  readonly name: string
  readonly body: unknown
}

/** The body with each field that is the server's, in each of its objects. */
const planted = ({ name: route }: RouteDeclaration, body: unknown): Planted[] =>
  objectsIn(body).flatMap((path: Path) =>
    [...fields].flatMap(([name, value]) => {
      const place = [...path, name].join('/')
      const isThere = Object.hasOwn(valueAt(body, path) as object, name)
      if (isThere || filled[route]?.includes(place)) return []
      return [{ place, name, body: withMember(body, path, name, value) }]
    }),
  )

/** What would do the most harm; sent as requests, while all others meet the schema alone. */
const dearest: readonly string[] = [
  'PK',
  'id',
  'workspaceId',
  'projectId',
  'userId',
  'version',
  'revision',
  'key',
  'ranks',
  'role',
  'state',
  'owners',
  'shares',
  'projectRoles',
  'groupIds',
  'createdAt',
  'createdBy',
  'updatedBy',
  'purge',
  'cause',
  'origin',
  'marks',
  'sessionsFrom',
  'email',
  'hash',
  'ttl',
]

const writing = routes.filter(({ name, body }) => body !== undefined && ordinaryCalls[name] !== undefined)
const cells = writing.map((route) => [route.name, route] as const)

describe('no body takes what is the server’s, at any place, and none has an effect', () => {
  test.each(cells)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    const before = [await digestOf(stage.app), ...stage.effects()]
    const taken: string[] = []
    for (const { place, name, body } of planted(route, request.body)) {
      if (z.safeParse(route.body as z.ZodMiniType, body).success) taken.push(place)
      if (!dearest.includes(name)) continue
      const reply = await stage.app.call(who, route, { ...request, body })
      if (reply.status !== 400) taken.push(`${place}: ${reply.status}`)
      else if (!JSON.stringify(reply.body.errors).includes(name)) taken.push(`${place}: without its name`)
    }
    expect(taken).toEqual([])
    expect([await digestOf(stage.app), ...stage.effects()]).toEqual(before)
  })
})

test('what is stored has been looked at: every kind of item, and all that would do harm', () => {
  expect(dearest.filter((name) => !fields.has(name))).toEqual([])
  expect(fields.size).toBeGreaterThan(140)
})

test.each(Object.entries(filled))('what people may fill in of %s stands in its schema', (name, places) => {
  const route = writing.find((one) => one.name === name)
  const isDeclared = (place: string) => hasMember(route?.body as z.ZodMiniType, place.split('/'))
  expect(places.filter((place) => !isDeclared(place))).toEqual([])
})
