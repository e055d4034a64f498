import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { routes } from '../../shared/api/routes.ts'
import type { Reply } from '../support/app.ts'
import type { OrdinaryCall } from '../support/ordinary/call.ts'
import { ordinaryCalls } from '../support/ordinary/measureRoutes.ts'
import { startTeam, type Team } from '../support/ordinary/team.ts'

/**
 * What every route promises by its declaration alone: status and headers; that a POST that comes again under its
 * Idempotency-Key is answered to the letter, and refused with another payload.
 */

/** What makes another payload of an ordinary body, where a word or a number of it cannot just be changed. */
const otherBodies: Readonly<Record<string, (body: never) => object>> = {
  invite: (body: object) => ({ ...body, role: 'guest' }),
  createCustomField: (body: object) => ({ ...body, name: 'Another field' }),
  startTimer: () => ({ note: 'On the roof' }),
  applyTemplate: (body: object) => ({ ...body, startDate: '2031-03-10' }),
  positionTask: (body: object) => ({ ...body, after: null }),
  createJob: (body: object) => ({ ...body, dryRun: true }),
  batchTasks: ({ operations }: { operations: unknown[] }) => ({ operations: operations.slice(1) }),
}
/** Bodies of which there is but one, and those of an undo, which looks for the change they name first. */
const alone = [
  'completeTask',
  'archiveTask',
  'unarchiveTask',
  'restoreTask',
  'duplicateTask',
  'stopTimer',
  'undoChange',
  'rotateWebhookSecret',
  'testWebhook',
  'retryWebhookDelivery',
]

let team: Team
beforeAll(async () => {
  team = await startTeam()
}, 180_000)
afterAll(() => team.app.close())

const ofMembers = routes.filter(
  ({ name, access }) => ordinaryCalls[name] !== undefined && access.kind === 'member',
)

const prepared = async ({ name, method }: RouteDeclaration): Promise<OrdinaryCall> => {
  const call = await ordinaryCalls[name]?.(team)
  if (call === undefined) throw new Error(`no ordinary call of ${name}`)
  if (method !== 'POST') return call
  const { who, request } = call
  const headers = { ...request.headers, 'Idempotency-Key': randomUUID() }
  return { ...(who && { who }), request: { ...request, headers } }
}

const send = (route: RouteDeclaration, { who, request }: OrdinaryCall): Promise<Reply> =>
  team.app.call(who, route, request)

const requireHeaders = ({ reply, etag }: RouteDeclaration, { headers }: Reply): void => {
  expect('location' in headers, 'Location').toBe(reply.status === 201 || reply.status === 202)
  if (reply.schema !== undefined) expect('etag' in headers, 'ETag').toBe(etag === true)
}

/** The same request but for one word, number or switch; `undefined` where a body says nothing of the kind. */
const otherwise = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return /^[A-Z]\p{L}+ /u.test(value) ? `${value} again` : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    const changed = otherwise(member)
    if (changed !== undefined) return Object.assign(structuredClone(value), { [name]: changed })
  }
  return undefined
}

const otherBody = ({ name }: RouteDeclaration, body: unknown): unknown =>
  otherBodies[name]?.(body as never) ?? otherwise(body)

describe('every route keeps what it declares', () => {
  test.each(ofMembers.map((route) => [route.name, route] as const))('%s', async (_, route) => {
    const call = await prepared(route)
    const first = await send(route, call)
    expect(first.status).toBe(route.reply.status)
    requireHeaders(route, first)
    if (route.method !== 'POST') return
    await team.app.drain()
    const again = await send(route, call)
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect(again.headers.location).toBe(first.headers.location)
    expect(again.headers.etag).toBe(first.headers.etag)
    if (!route.problems.includes('idempotency-mismatch') || alone.includes(route.name)) return
    const { who, request } = call
    const body = otherBody(route, request.body)
    const mixed = await team.app.call(who, route, { ...request, body })
    expect([mixed.status, mixed.body.type]).toEqual([422, 'urn:duely:problem:idempotency-mismatch'])
  })
})
