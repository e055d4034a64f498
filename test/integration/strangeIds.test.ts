import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { editTask } from '../../shared/api/routes/tasks.ts'
import { routes } from '../../shared/api/routes.ts'
import { type App, type Request, type Someone, startApp } from '../support/app.ts'
import { writesOn } from '../support/hostile/effects.ts'
import { idOfWrongKind, trashedTask } from '../support/hostile/otherIds.ts'
import { smallTeam } from '../support/hostile/smallTeam.ts'
import { type Field, fieldsOf, plain, withId } from '../support/matrix/fields.ts'
import type { OrdinaryCall } from '../support/ordinary/call.ts'
import { ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import type { Team } from '../support/ordinary/team.ts'

let app: App
let team: Team
let writes: () => number

beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  writes = writesOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

interface Answer {
  readonly status: number
  readonly text: string
  readonly written: number
}

const ask = async (
  who: Someone | undefined,
  route: RouteDeclaration,
  request: Request,
  place: Field,
  id: string,
): Promise<Answer> => {
  const before = writes()
  const reply = await app.call(who, route, withId(request, place, id))
  return { status: reply.status, text: plain(reply, id), written: writes() - before }
}

const walked = routes.filter((route) => fieldsOf(route).length > 0)
const cells = walked.map((route) => [route.name, route] as const)

const calls = new Map<string, OrdinaryCall>()
/** One for all that follows: what is refused changes nothing of what it was prepared for. */
const prepared = async ({ name }: RouteDeclaration): Promise<OrdinaryCall> => {
  const call = calls.get(name) ?? (await ordinaryCalls[name]?.(team))
  if (call === undefined) throw new Error(`no ordinary call of ${name}`)
  calls.set(name, call)
  return call
}

describe('an id of another kind of thing is refused where it stands', () => {
  test.each(cells)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of fieldsOf(route)) {
      const { status, text, written } = await ask(who, route, request, place, idOfWrongKind(place.kind))
      const name = [place.pointer, status, written]
      expect(name).toEqual([place.pointer, place.where === 'params' ? 404 : 400, 0])
      if (place.where === 'body') expect(text).toContain(`"pointer":"${place.pointer.split('/*')[0]}`)
    }
  })
})

describe('the id of a task in the trash', () => {
  const having = cells.filter(([, route]) => fieldsOf(route).some(({ kind }) => kind === 'task'))
  test.each(having)('is taken as itself or refused without effect: %s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of fieldsOf(route).filter(({ kind }) => kind === 'task')) {
      const answer = await ask(who, route, request, place, await trashedTask(team))
      expect([place.pointer, answer.status]).toSatisfy(([, status]) => status < 500)
      if (answer.status >= 400) expect([place.pointer, answer.written]).toEqual([place.pointer, 0])
    }
  })
})

test('an ordinary edit is seen by what counts the writes', async () => {
  const before = writes()
  const params = { workspaceId: team.workspaceId, taskId: team.longLived.id }
  await app.call(team.owner, editTask, { params, body: { priority: 'urgent' } })
  expect(writes() - before).toBe(1)
})
