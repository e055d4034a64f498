import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { dynamoTable } from '../../../shared/data/dynamoTable.ts'
import { type App, type Reply, type Someone, startApp } from '../../support/app.ts'
import { leanDocuments } from '../../support/leanDocuments.ts'
import type { Model, Person } from './model.ts'

/** What the sessions of one engine share. */
export interface House {
  readonly app: App
  readonly start: number
  readonly people: readonly { readonly someone: Someone; readonly role: Person['role'] }[]
  readonly foreignId: string
  close(): Promise<void>
}

const roles = ['owner', 'manager', 'member', 'guest'] as const

const newWorkspace = async (app: App, owner: Someone): Promise<string> => {
  const { body } = await app.call(owner, createWorkspace, { body: { name: 'W', zone: 'UTC' } })
  return body.id
}

const newProject = async (app: App, owner: Someone, workspaceId: string, key: string) => {
  const { body } = await app.call(owner, createProject, { params: { workspaceId }, body: { name: key, key } })
  return body
}

export const openHouse = async (): Promise<House> => {
  let lean: ReturnType<typeof leanDocuments> | undefined
  const app = await startApp((_, { endpoint, tableName }) => {
    lean = leanDocuments(endpoint)
    return dynamoTable(lean.client, tableName)
  })
  const people = await Promise.all(roles.map(async (role) => ({ someone: await app.person(role), role })))
  const stranger = await app.person('Stranger')
  const workspaceId = await newWorkspace(app, stranger)
  const project = await newProject(app, stranger, workspaceId, 'FAR')
  const params = { workspaceId, projectId: project.id }
  const foreign = await app.call(stranger, createTask, { params, body: { title: 'Of others' } })
  const close = async () => {
    lean?.close()
    await app.close()
  }
  return { app, close, start: app.clock.now, people, foreignId: foreign.body.id }
}

interface Call {
  readonly who: Person
  readonly route: RouteDeclaration
  readonly params: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** A request with an Idempotency-Key that was answered with success. */
export interface Remembered {
  readonly call: Call
  readonly reply: Reply
  readonly taskId: string
  /** That it made, or left as it is. */
  readonly version: number
}

/** A workspace of its own, with a model of it. */
export interface Session {
  readonly app: App
  readonly workspaceId: string
  readonly start: number
  readonly remembered: Remembered[]
  call(call: Call): Promise<Reply>
}

export const startSession = async (house: House): Promise<{ model: Model; real: Session }> => {
  const { app, start, foreignId } = house
  app.clock.now = start
  const [{ someone: owner } = { someone: undefined }] = house.people
  if (owner === undefined) throw new Error('a house has people')
  const workspaceId = await newWorkspace(app, owner)
  await Promise.all(
    house.people.slice(1).map(({ someone, role }) => app.join(someone, workspaceId, role, role)),
  )
  const projects = await Promise.all(['ONE', 'TWO'].map((key) => newProject(app, owner, workspaceId, key)))
  const people = house.people.map(({ someone, role }) => ({ id: someone.userId, role }))
  const someoneOf = new Map(house.people.map(({ someone }) => [someone.userId, someone]))
  const call = ({ who, route, params, query, body, headers }: Call) =>
    app.call(someoneOf.get(who.id), route, {
      params: { workspaceId, ...params },
      ...(query !== undefined && { query }),
      ...(body !== undefined && { body }),
      ...(headers !== undefined && { headers }),
    })
  const model: Model = {
    people,
    projects,
    tasks: new Map(),
    foreignId,
    step: 0,
    series: [],
    withdrawn: new Set(),
    repeated: new Map(),
    listedParents: new Map(),
    moved: [],
  }
  return { model, real: { app, workspaceId, start, remembered: [], call } }
}

/** The next moment of the session. */
export const tick = (model: Model, { app, start }: Session): void => {
  model.step++
  app.clock.now = start + model.step * 1_000
}
