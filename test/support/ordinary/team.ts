import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { statuses } from '../../../shared/api/schemas/task.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { type App, type Reply, type Request, type Someone, startApp } from '../app.ts'

/** More than a page of everything that is listed by pages of fifty. */
const crowd = 55

export interface Team {
  readonly app: App
  readonly owner: Someone
  readonly colleagues: readonly Someone[]
  readonly workspaceId: string
  readonly projectId: string
  /** A task with more than a page of history. */
  readonly longLived: { readonly id: string; readonly key: string }
}

/** About six hundred characters, as people describe a task. */
export const description =
  'Ask the carrier for the papers of both deliveries, and file them with the invoices. '.repeat(7)
export const due = { dateTime: '2031-03-04T17:00', zone: 'Europe/Madrid' }

/** A task with all that is usual: description, due date, reminder, two tags, two assignees. */
export const taskBody = (assigneeIds: readonly string[], changes: Record<string, unknown> = {}) => ({
  title: 'Send the quarterly figures to the tax adviser',
  description,
  priority: 'high',
  due,
  tags: ['finance', 'quarterly'],
  assigneeIds,
  reminders: [{ relativeTo: 'due', minutesBefore: 60 }],
  ...changes,
})

const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

/** Calls a route for its effect; anything but its success is an error. */
export const succeed = async (
  app: App,
  who: Someone,
  route: RouteDeclaration,
  request: Request,
): Promise<Reply> => {
  const reply = await app.call(who, route, request)
  if (reply.status === route.reply.status) return reply
  throw new Error(`${route.name} answered ${reply.status}: ${JSON.stringify(reply.body)}`)
}

/** A team whose every list has more than one page, once the stream consumer has caught up. */
const foundTeam = async (app: App): Promise<Team> => {
  const owner = await app.person('Olga Owner')
  const workspace = await succeed(app, owner, createWorkspace, {
    body: { name: 'Acme Logistics', zone: 'Europe/Madrid' },
  })
  const workspaceId: string = workspace.body.id
  const params = { workspaceId }
  const projects = await Promise.all(
    times(crowd, (n) =>
      succeed(app, owner, createProject, {
        params,
        body: { name: `Project ${n}`, key: `P${n}`, description: description.slice(0, 250) },
      }),
    ),
  )
  const projectId: string = projects[0]?.body.id
  const colleagues = await Promise.all(times(crowd, (n) => app.person(`Colleague ${n}`)))
  for (const one of colleagues) await app.join(one, workspaceId, 'member', 'Carla Colleague')
  for (const n of times(crowd, Number)) await app.join(owner, makeId('workspace', n, randomSeed()), 'member')

  const assigneeIds = colleagues.slice(0, 2).map(({ userId }) => userId)
  const createOne = (changes: Record<string, unknown> = {}) =>
    succeed(app, owner, createTask, {
      params: { workspaceId, projectId },
      body: taskBody(assigneeIds, changes),
    })
  for (const status of statuses) for (const _ of times(crowd, Number)) await createOne({ status })
  const { body: longLived } = await createOne()
  for (const n of times(crowd, Number)) {
    const body = { description: `${n}. ${description}` }
    await succeed(app, owner, editTask, { params: { workspaceId, taskId: longLived.id }, body })
  }
  await app.drain()
  return { app, owner, colleagues, workspaceId, projectId, longLived }
}

/** A team of a new application; `close` ends it. */
export const startTeam = async (): Promise<Team> => foundTeam(await startApp())
