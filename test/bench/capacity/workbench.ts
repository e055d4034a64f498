import { createComment } from '../../../shared/api/routes/comments.ts'
import { invite } from '../../../shared/api/routes/invitations.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import {
  type completeTask,
  createTask,
  type deleteTask,
  type editTask,
} from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { type App, startApp } from '../../support/app.ts'
import { type Cost, meterOn } from '../../support/meter.ts'
import { succeed, taskBody } from '../../support/ordinary/team.ts'

/** Work of one function: what one invocation cost that did `count` of something. */
export interface Work {
  readonly name: string
  readonly count: number
  readonly cost: Cost
  /** Messages handed to the queue. */
  readonly messages: number
}

const settle = async (app: App) => {
  const owner = await app.person('Olga Owner')
  const made = await succeed(app, owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  const workspaceId: string = made.body.id
  const body = { name: 'Operations', key: 'OPS' }
  const project = await succeed(app, owner, createProject, { params: { workspaceId }, body })
  const colleagues = [await app.person('Carla'), await app.person('Carlos'), await app.person('Carol')]
  for (const one of colleagues) await app.join(one, workspaceId, 'member')
  return {
    owner,
    workspaceId,
    projectId: String(project.body.id),
    colleagueIds: colleagues.map(({ userId }) => userId),
  }
}

/** An application with one project, three colleagues, a queue that keeps what is sent, and a meter. */
export const startWorkbench = async () => {
  const app = await startApp()
  const place = await settle(app)
  const meter = meterOn(app.engine.client)
  const sent: NoticeMessage[] = []
  const queue = { send: async (messages: readonly NoticeMessage[]) => void sent.push(...messages) }

  const work = async (name: string, count: number, block: () => Promise<unknown>): Promise<Work> => {
    sent.length = 0
    const { cost } = await meter.measure(block)
    return { name, count, cost, messages: sent.length }
  }
  return { app, ...place, sent, queue, work }
}
export type Workbench = Awaited<ReturnType<typeof startWorkbench>>

/** What people do, around the meter. */
export const peopleAt = ({ app, owner, workspaceId, projectId, colleagueIds }: Workbench) => ({
  /** A task of the first two colleagues. */
  create: async (changes: Record<string, unknown> = {}): Promise<string> => {
    const body = taskBody(colleagueIds.slice(0, 2), changes)
    return (await succeed(app, owner, createTask, { params: { workspaceId, projectId }, body })).body.id
  },
  comment: (taskId: string, body: string) =>
    succeed(app, owner, createComment, { params: { workspaceId, taskId }, body: { body } }),
  invite: async (): Promise<string> => {
    const body = { email: 'somebody@example.com', role: 'member' }
    return (await succeed(app, owner, invite, { params: { workspaceId }, body })).body.id
  },
  change: (
    route: typeof editTask | typeof completeTask | typeof deleteTask,
    taskId: string,
    body?: unknown,
  ) => succeed(app, owner, route, { params: { workspaceId, taskId }, body }),
})
