import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { editTask } from '../../shared/api/routes/tasks.ts'
import { routes } from '../../shared/api/routes.ts'
import { type App, type Reply, type Request, type Someone, startApp } from '../support/app.ts'
import { writesOn } from '../support/hostile/effects.ts'
import { type IdField, idFieldsOf } from '../support/hostile/idFields.ts'
import { furnished, type IdsOf, idOfWrongKind, randomId, trashedTask } from '../support/hostile/otherIds.ts'
import { smallTeam } from '../support/hostile/smallTeam.ts'
import type { OrdinaryCall } from '../support/ordinary/call.ts'
import { ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import type { Team } from '../support/ordinary/team.ts'

let app: App
let team: Team
/** Of another workspace; of the team's own, but of another task or project. */
let foreign: IdsOf
let sibling: IdsOf
let writes: () => number

beforeAll(async () => {
  app = await startApp()
  team = await smallTeam(app, 'Home')
  foreign = await furnished(await smallTeam(app, 'Away'))
  sibling = await furnished(team)
  await app.drain()
  writes = writesOn(app.engine.client)
}, 120_000)
afterAll(() => app.close())

interface Place extends IdField {
  readonly where: 'params' | 'query' | 'body'
}

const placesOf = ({ params, query, body }: RouteDeclaration): Place[] => [
  ...idFieldsOf(params).map((field) => ({ ...field, where: 'params' as const })),
  ...idFieldsOf(query).map((field) => ({ ...field, where: 'query' as const })),
  ...(body === undefined ? [] : idFieldsOf(body)).map((field) => ({ ...field, where: 'body' as const })),
]

/** Lists travel in a query as text. */
const asText = (query: object): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))

const requestWith = (request: Request, { where, put }: Place, id: string): Request => {
  const changed = put(request[where], id) as Record<string, string>
  const { 'Idempotency-Key': _, ...headers } = request.headers ?? {}
  return { ...request, headers, [where]: where === 'query' ? asText(changed) : changed }
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly written: number
}

/** The answer as text, without what names the request: its own id, and the id that was asked for. */
const plain = (id: string, { headers, body }: Reply): string =>
  JSON.stringify([headers, body], (name, value) => (name === 'requestId' ? '' : value))
    .replaceAll(id, '{id}')
    .replaceAll(/"x-request-id":"[^"]*"/g, '')

const ask = async (
  who: Someone | undefined,
  route: RouteDeclaration,
  request: Request,
  place: Place,
  id: string,
): Promise<Answer> => {
  const before = writes()
  const reply = await app.call(who, route, requestWith(request, place, id))
  return { status: reply.status, text: plain(id, reply), written: writes() - before }
}

/** Looks at each task only when its turn comes, and says then that it is missing. */
const takesAnyTask = (route: RouteDeclaration, { pointer }: Place): boolean =>
  route.name === 'createJob' && /^\/(taskIds|action\/patch\/(customFields|reminders))/.test(pointer)

const walked = routes.filter((route) => placesOf(route).length > 0)
const cells = walked.map((route) => [route.name, route] as const)

const calls = new Map<string, OrdinaryCall>()
/** One for all that follows: what is refused changes nothing of what it was prepared for. */
const prepared = async ({ name }: RouteDeclaration): Promise<OrdinaryCall> => {
  const call = calls.get(name) ?? (await ordinaryCalls[name]?.(team))
  if (call === undefined) throw new Error(`no ordinary call of ${name}`)
  calls.set(name, call)
  return call
}

describe('an id of another workspace is answered as one that nothing has, and has no effect', () => {
  test.each(cells)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of placesOf(route).filter((one) => !takesAnyTask(route, one))) {
      const id = foreign(place.kind)
      if (id === undefined) throw new Error(`the other workspace has no ${place.kind}`)
      const absent = await ask(who, route, request, place, randomId(place.kind))
      const answer = await ask(who, route, request, place, id)
      expect([place.pointer, answer.written, absent.written]).toEqual([place.pointer, 0, 0])
      expect({ place: place.pointer, ...answer }).toEqual({ place: place.pointer, ...absent })
      if (route.method !== 'GET' && route.method !== 'DELETE') {
        expect([place.pointer, answer.status]).toSatisfy(([, status]) => [400, 404].includes(status))
      }
    }
  })
})

describe('an id of another task or project of the workspace is answered as one that nothing has', () => {
  const parts = ['checklistItem', 'timeEntry', 'attachment', 'reminder', 'customField', 'column']
  const isOfPart = ({ kind }: Place) => parts.includes(kind)
  // A template is of the workspace, and takes the fields of any project.
  const having = cells.filter(([name, route]) => placesOf(route).some(isOfPart) && !/Template$/.test(name))
  test.each(having)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of placesOf(route)
      .filter(isOfPart)
      .filter((one) => !takesAnyTask(route, one))) {
      const id = sibling(place.kind)
      if (id === undefined) throw new Error(`the workspace has no ${place.kind}`)
      const absent = await ask(who, route, request, place, randomId(place.kind))
      const answer = await ask(who, route, request, place, id)
      expect([place.pointer, answer.written]).toEqual([place.pointer, 0])
      expect({ place: place.pointer, ...answer }).toEqual({ place: place.pointer, ...absent })
    }
  })
})

describe('an id of another kind of thing is refused where it stands', () => {
  test.each(cells)('%s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of placesOf(route)) {
      const { status, text, written } = await ask(who, route, request, place, idOfWrongKind(place.kind))
      const name = [place.pointer, status, written]
      expect(name).toEqual([place.pointer, place.where === 'params' ? 404 : 400, 0])
      if (place.where === 'body') expect(text).toContain(`"pointer":"${place.pointer.split('/*')[0]}`)
    }
  })
})

describe('the id of a task in the trash', () => {
  const having = cells.filter(([, route]) => placesOf(route).some(({ kind }) => kind === 'task'))
  test.each(having)('is taken as itself or refused without effect: %s', async (_, route) => {
    const { who, request } = await prepared(route)
    for (const place of placesOf(route).filter(({ kind }) => kind === 'task')) {
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
