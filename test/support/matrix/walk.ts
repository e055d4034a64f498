import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import type { Reply, Request } from '../app.ts'
import { digestOf } from '../hostile/effects.ts'
import { randomId } from '../hostile/otherIds.ts'
import type { Code, Expectation } from './expectations.ts'
import { type Field, plain, withId } from './fields.ts'
import type { Persona } from './personas.ts'
import type { Cell } from './plan.ts'
import { asOf, makers, type Place, prepare, type Stage } from './stage.ts'

const refusals: Readonly<Record<Exclude<Code, 'y'>, readonly [number, string]>> = {
  a: [401, 'unauthenticated'],
  f: [403, 'forbidden'],
  s: [403, 'insufficient-scope'],
  n: [404, 'not-found'],
  b: [400, 'invalid-request'],
  c: [409, 'conflict'],
}

const required = (route: RouteDeclaration, code: Code): string => {
  if (code === 'y') return String(route.reply.status)
  const [status, type] = refusals[code]
  return `${status} urn:duely:problem:${type}`
}
const given = ({ status, body }: Reply): string => (status < 400 ? String(status) : `${status} ${body?.type}`)

const nameOf = ({ persona, place, swap }: Cell): string =>
  `${persona} ${place}${swap === undefined ? '' : ` ${swap.field.where}${swap.field.pointer} ${swap.by}`}`

/** What is asked with the requests of a route, where that is not the route itself. */
interface Instead {
  readonly route: RouteDeclaration
  readonly form: (request: Request) => Request
}

/** Walks through the cells of one route; what is not as required comes back, one line each. */
export const walk = async (
  stage: Stage,
  route: RouteDeclaration,
  row: Expectation,
  cells: readonly Cell[],
  asked: Instead = { route, form: (request) => request },
): Promise<string[]> => {
  const { app, cast, effects } = stage
  const scope = row.group === null ? undefined : `${row.group}:${route.method === 'GET' ? 'read' : 'write'}`
  const wrong: string[] = []
  const ready = new Map<string, Request>()
  const randoms = new Map<string, string>()

  const keyOf = (place: Place, persona: Persona): string =>
    place === 'mine' && (makers.includes(row.about) || route.path.includes('{commentId}'))
      ? `${place} ${persona}`
      : place
  const requestFor = async (place: Place, persona: Persona): Promise<Request> => {
    const key = keyOf(place, persona)
    const request = ready.get(key) ?? (await prepare(stage, route.name, row.about, place, persona))
    ready.set(key, request)
    return asOf(stage, route.name, request, cast.caller(persona, scope)?.userId)
  }
  const idFor = ({ kind }: Field, by: string): string => {
    const id =
      by === 'foreign' ? stage.foreign(kind) : by === 'sibling' ? stage.sibling(kind) : randomId(kind)
    if (id === undefined) throw new Error(`nobody has a ${kind}`)
    return id
  }
  const send = (persona: Persona, request: Request): Promise<Reply> =>
    app.call(cast.caller(persona, scope), asked.route, asked.form(request))

  /** The answer to the same request with a random id in a place. */
  const random = async ({ persona, swap }: Cell, field: Field, request: Request): Promise<string> => {
    const isCrossing = swap !== undefined && swap.field !== field
    const key = `${persona} ${field.where}${field.pointer} ${isCrossing}`
    const before = randoms.get(key)
    if (before !== undefined) return before
    const id = randomId(field.kind)
    const text = plain(await send(persona, withId(request, field, id)), id)
    randoms.set(key, text)
    return text
  }

  const take = async (cell: Cell): Promise<Reply> => {
    const { persona, place, swap, expected, like } = cell
    const ordinary = await requestFor(place, persona)
    const id = swap && idFor(swap.field, swap.by)
    const request = swap && id ? withId(ordinary, swap.field, id) : ordinary
    const before = String(effects())
    const reply = await send(persona, request)
    const changed = before !== String(effects())
    const wanted = required(asked.route, expected)
    if (given(reply) !== wanted) wrong.push(`${nameOf(cell)}: ${given(reply)}, not ${wanted}`)
    if (changed && reply.status >= 400) wrong.push(`${nameOf(cell)}: refused with an effect`)
    if (like !== undefined && reply.status >= 400) {
      const isSwapped = swap?.field === like
      const absent = await random(cell, like, isSwapped ? ordinary : request)
      if (plain(reply, isSwapped ? id : undefined) !== absent) {
        wrong.push(`${nameOf(cell)}: ${plain(reply, id)}, but to a random id ${absent}`)
      }
    }
    return reply
  }

  const refused = cells.filter(({ expected }) => expected !== 'y')
  for (const { place, persona } of refused) await requestFor(place, persona)
  const before = await digestOf(app)
  for (const cell of refused) await take(cell)
  if ((await digestOf(app)) !== before) wrong.push('refusals changed the table or the queues')

  for (const cell of cells.filter(({ expected }) => expected === 'y')) {
    const { status } = await take(cell)
    if (route.method === 'GET' || status >= 400) continue
    ready.clear()
    if (row.spends) await cast.renew(cell.persona)
  }
  return wrong
}
