import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { routes } from '../../shared/api/routes.ts'
import { type App, startApp } from '../support/app.ts'
import { trials } from '../support/depth.ts'
import { writesOn } from '../support/hostile/effects.ts'
import { mutationsOf } from '../support/hostile/mutations.ts'
import { membersOf } from '../support/hostile/schema.ts'
import { smallTeam } from '../support/hostile/smallTeam.ts'
import { ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import type { Team } from '../support/ordinary/team.ts'

const runs = trials(400)

let app: App
let team: Team
let writes: () => number

beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  writes = writesOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

/** Bodies that say something: in a workspace, and not those of nothing but `{}`. */
const takesBody = ({ access, body }: RouteDeclaration): boolean =>
  access.kind === 'member' && body !== undefined && membersOf(body).length > 0

describe('whatever a body holds, it is no surprise, and what is refused has no effect', () => {
  const cells = routes.filter(takesBody).map((route) => [route.name, route] as const)
  test.each(cells)('%s', async (name, route) => {
    const call = await ordinaryCalls[name]?.(team)
    if (call?.request.body === undefined) throw new Error(`no ordinary body of ${name}`)
    const { who, request } = call
    const statuses = new Map<number, number>()
    const bodies = mutationsOf(request.body as object, membersOf(route.body as never))
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const before = [writes(), app.notices.length, app.work.length]
        const { status, body: answer } = await app.call(who, route, { params: request.params ?? {}, body })
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status).toBeLessThan(500)
        if (status < 400) return
        expect([writes(), app.notices.length, app.work.length]).toEqual(before)
        if (status === 400 && answer.errors !== undefined) {
          for (const { pointer, detail } of answer.errors) {
            expect(pointer).toMatch(/^$|^\//)
            expect(detail).toMatch(/^(?!.*(invalid|undefined|NaN)).* /i)
          }
        }
      }),
      { numRuns: runs, endOnFailure: true },
    )
    expect(statuses.get(400)).toBeGreaterThan(runs / 10)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
