import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { accessToken } from '../../support/accessTokens.ts'
import type { App, Request, Someone } from '../../support/app.ts'

export interface Teammate extends Someone {
  readonly name: string
  readonly address: string
}

const names = ['Olga', 'Ana', 'Ben', 'Eve'] as const
type Name = (typeof names)[number]

/** The same people under the same ids in each run, so that a run can be repeated. */
const addPerson = async (app: App, name: Name, number: number): Promise<Teammate> => {
  const userId = `00000000-0000-4000-8000-00000000000${number}`
  const sessionId = `00000000-0000-4000-9000-00000000000${number}`
  const address = `${name.toLowerCase()}@example.com`
  const createdAt = new Date(app.clock.now).toISOString()
  const { people } = app.stores
  await people.addPerson({
    id: userId,
    email: address,
    name,
    language: 'en',
    zone: 'UTC',
    state: 'active',
    sessionsFrom: '1970-01-01T00:00:00.000Z',
    keptSession: null,
    createdAt,
    updatedAt: createdAt,
    version: 1,
  })
  const expiresAt = '2199-01-01T00:00:00.000Z'
  await people.addSession({ id: sessionId, userId, createdAt, expiresAt, endedAt: null, userAgent: '' })
  const payload = { iat: 0, exp: Date.parse(expiresAt) / 1000 }
  return { userId, name, address, token: accessToken(userId, sessionId, { payload }) }
}

/** A workspace with a project and four members: Olga, who does things, Ana and Ben, whom they concern, and Eve. */
export const foundTeam = async (app: App) => {
  let requests = 0
  /** One request, which must succeed; a creation gets the same id each time. */
  const ask = async (who: Someone, route: RouteDeclaration, request: Request = {}) => {
    const headers = { 'Idempotency-Key': `request-${++requests}` }
    const reply = await app.call(who, route, { ...request, ...(route.method === 'POST' && { headers }) })
    if (reply.status >= 300) throw new Error(`${route.name}: ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const people: Teammate[] = []
  for (const [n, name] of names.entries()) people.push(await addPerson(app, name, n + 1))
  const [olga, ana, ben, eve] = people as [Teammate, Teammate, Teammate, Teammate]
  const workspaceId = String((await ask(olga, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })).id)
  for (const { name, ...one } of [ana, ben, eve]) await app.join(one, workspaceId, 'member', name)
  const params = { workspaceId }
  const projectId = String(
    (await ask(olga, createProject, { params, body: { name: 'Operations', key: 'OPS' } })).id,
  )
  const addTask = async (fields: object = {}): Promise<string> => {
    const request = { params: { workspaceId, projectId }, body: { title: 'Pay the rent', ...fields } }
    return String((await ask(olga, createTask, request)).id)
  }
  const notes = new Map<string, string>()
  const note = (name: string, id: string): void => void notes.set(name, id)
  /** The id of what was noted under a name. */
  const noted = (name: string): string => notes.get(name) ?? ''
  return { note, noted, app, olga, ana, ben, eve, workspaceId, projectId, ask, addTask }
}
export type Team = Awaited<ReturnType<typeof foundTeam>>
