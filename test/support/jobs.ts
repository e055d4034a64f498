import type { Context, SQSEvent } from 'aws-lambda'
import { createProject } from '../../shared/api/routes/projects.ts'
import { createTask } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import type { JobMessage } from '../../shared/api/schemas/jobs.ts'
import { runJob as declaration } from '../../shared/api/triggers.ts'
import type { AccountWork } from '../../shared/domain/account/accountWork.ts'
import { type JobWorld, runJob } from '../../shared/domain/jobs/runJob.ts'
import { onJobs } from '../../shared/events/onJobs.ts'
import type { App, Someone } from './app.ts'

/** What the worker of a test's application works with. */
export const jobWorldOf = ({ stores, jobs, clock, jobQueue }: App): JobWorld => ({
  ...stores,
  jobs,
  now: () => new Date(clock.now).toISOString(),
  queue: jobQueue,
})

/** Lets the consumer and the worker catch up with everything, one message after the other. */
export const workOff = async (app: App, world = jobWorldOf(app)): Promise<void> => {
  await app.drain()
  for (let message = app.work.shift(); message !== undefined; message = app.work.shift()) {
    const present = message
    await app.granted.as(declaration, () => runJob(present, world, () => true))
    await app.drain()
  }
}

/** The handler of the queue, called with one message and so many milliseconds left. */
export const handleOne = (world: JobWorld, message: JobMessage, remaining: () => number) =>
  onJobs({ ...world, account: {} as AccountWork })(
    { Records: [{ messageId: 'one', body: JSON.stringify(message) }] } as SQSEvent,
    { getRemainingTimeInMillis: remaining } as Context,
  )

/** A workspace of an owner with one project. */
export const foundWorkspace = async (app: App, owner: Someone) => {
  const { body: workspace } = await app.call(owner, createWorkspace, {
    body: { name: 'Acme & Sons', zone: 'Europe/Madrid' },
  })
  const workspaceId = String(workspace.id)
  const addProject = async (key: string): Promise<string> => {
    const request = { params: { workspaceId }, body: { name: key, key } }
    return String((await app.call(owner, createProject, request)).body.id)
  }
  const projectId = await addProject('OPS')
  /** Ids of so many new tasks. */
  const addTasks = async (count: number, fields: object = {}, project = projectId): Promise<string[]> => {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const request = { params: { workspaceId, projectId: project }, body: { title: `Task ${n}`, ...fields } }
      const { status, body } = await app.call(owner, createTask, request)
      if (status !== 201) throw new Error(`no task: ${JSON.stringify(body)}`)
      ids.push(String(body.id))
    }
    return ids
  }
  return { workspaceId, projectId, addProject, addTasks }
}
export type FoundWorkspace = Awaited<ReturnType<typeof foundWorkspace>>
