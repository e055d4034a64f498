import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createApi } from '../../../local/demo/api.ts'
import { codeMailedTo } from '../../../local/demo/inbox.ts'
import type { JobReply, JobResult } from '../../../shared/api/schemas/jobs.ts'
import { trials } from '../../support/depth.ts'
import { type RuntimeProcess, startRuntimeProcess } from '../../support/e2e/runtimeProcess.ts'
import { manyTasks, openTable } from '../../support/e2e/seedTasks.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const count = trials(10_000)
const login = { email: 'olga@example.com', password: 'correct horse battery staple' }

const start = async (dataDir: string): Promise<RuntimeProcess> => {
  const runtime = await startRuntimeProcess(dataDir)
  onTestFinished(() => runtime.kill())
  return runtime
}

/** An account with a workspace and a project, in a runtime that is stopped again. */
async function foundWorkspace(dataDir: string) {
  const runtime = await start(dataDir)
  const api = createApi(runtime.baseUrl)
  await api.post('/v1/auth/sign-up', { ...login, name: 'Olga Owner' })
  const code = await codeMailedTo(`${runtime.baseUrl}/inbox`, login.email)
  await api.post('/v1/auth/confirm', { ...login, code })
  const token = String((await api.post('/v1/auth/sign-in', login)).accessToken)
  const workspace = await api.post('/v1/workspaces', { name: 'Harbour' }, token)
  const path = `/v1/workspaces/${workspace.id}`
  const project = await api.post(`${path}/projects`, { name: 'Operations', key: 'OPS' }, token)
  await runtime.stop()
  return {
    token,
    path,
    workspaceId: String(workspace.id),
    projectId: String(project.id),
    userId: api.userIdOf(token),
  }
}

const get = async <Body>(runtime: RuntimeProcess, path: string, token: string): Promise<Body> => {
  const reply = await fetch(runtime.baseUrl + path, { headers: { authorization: `Bearer ${token}` } })
  expect(reply.status, path).toBe(200)
  return (await reply.json()) as Body
}

test('a job over thousands of tasks whose worker is killed halfway is finished after a restart, each task once', async () => {
  const dataDir = temporaryDirectory()
  const place = await foundWorkspace(dataDir)
  const file = join(dataDir, 'table.sqlite')
  const tasks = manyTasks(count, place)
  const taskIds = tasks.map(({ id }) => id)
  const before = await openTable(file)
  await before.seed(tasks)
  await before.close()

  const seen: number[] = []
  const watch = async (runtime: RuntimeProcess, jobId: string, until: (job: JobReply) => boolean) => {
    for (;;) {
      const job = await get<JobReply>(runtime, `${place.path}/jobs/${jobId}`, place.token)
      seen.push(job.done)
      if (until(job)) return job
      await delay(100)
    }
  }

  const started = Date.now()
  const first = await start(dataDir)
  const body = { action: { kind: 'edit', patch: { priority: 'high' } }, taskIds }
  const { id } = await createApi(first.baseUrl).post(`${place.path}/jobs`, body, place.token)
  const jobId = String(id)
  const halfway = await watch(first, jobId, ({ done }) => done >= count / 3)
  await first.kill()

  const second = await start(dataDir)
  const job = await watch(second, jobId, ({ state }) => state === 'completed')
  const seconds = Math.round((Date.now() - started) / 1000)
  const results: JobResult[] = []
  for (let next: string | undefined = `${place.path}/jobs/${jobId}/results?limit=100`; next !== undefined; ) {
    const page: { items: JobResult[]; next?: string } = await get(second, next, place.token)
    results.push(...page.items)
    next = page.next
  }
  await second.kill()

  expect(halfway.done).toBeLessThan(count)
  expect(job).toMatchObject({ total: count, done: count, changed: count })
  expect(results).toEqual(taskIds.map((taskId) => ({ taskId, outcome: 'changed', version: 2 })))
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const after = await openTable(file)
  const stored = await Promise.all(taskIds.map((taskId) => after.tasks.task(place.workspaceId, taskId)))
  await after.close()
  const states = stored.map((task) => `${task?.version} ${task?.priority} ${task?.marks.length}`)
  expect([...new Set(states)]).toEqual(['2 high 1'])
  console.info(`${count} tasks, worker killed after ${halfway.done} of them: ${seconds} s`)
}, 600_000)
