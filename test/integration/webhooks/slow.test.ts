import { expect, onTestFinished, test } from 'vitest'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { createWebhook } from '../../../shared/api/routes/webhooks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { deliverWebhook } from '../../../shared/api/triggers.ts'
import type { Answer, Outgoing } from '../../../shared/domain/webhooks/egress.ts'
import { onWebhooks } from '../../../shared/events/onWebhooks.ts'
import { startApp } from '../../support/app.ts'
import { succeed } from '../../support/ordinary/team.ts'
import { webhookRunner } from '../../support/webhooks.ts'

test('the messages of a batch go at once: a slow receiver holds up neither others nor its own messages', async () => {
  const app = await startApp()
  onTestFinished(() => app.close())
  const run = webhookRunner(app)
  const owner = await app.person('Olga')
  const { id: workspaceId } = (await succeed(app, owner, createWorkspace, { body: { name: 'Port' } })).body
  const params = { workspaceId }
  const project = await succeed(app, owner, createProject, { params, body: { name: 'Ops', key: 'OPS' } })
  for (const name of ['slow', 'quick']) {
    const body = { url: `https://${name}.acme.com/`, events: ['task.*'] }
    await succeed(app, owner, createWebhook, { params, body })
  }
  await run.settle()
  for (const title of ['Paint', 'Scrub', 'Caulk']) {
    const task = { params: { workspaceId, projectId: project.body.id }, body: { title } }
    await succeed(app, owner, createTask, task)
  }
  await run.follow()
  const Records = run.held.splice(0).map(({ message }, n) => ({
    messageId: String(n),
    body: JSON.stringify(message),
  }))
  expect(Records).toHaveLength(6)

  const posted: string[] = []
  const allPosted = Promise.withResolvers<void>()
  const post = async ({ url }: Outgoing): Promise<Answer> => {
    posted.push(new URL(url).hostname)
    if (posted.length === Records.length) allPosted.resolve()
    // A slow one has not answered before the last of the batch is under way.
    if (url.includes('slow')) await allPosted.promise
    return { status: 204, reason: null, milliseconds: 7 }
  }
  const worker = onWebhooks({ ...run.world, egress: { post } })
  const done = app.granted.as(deliverWebhook, () => worker({ Records } as never))
  expect(await done).toEqual({ batchItemFailures: [] })
  expect(posted.toSorted()).toEqual([...Array(3).fill('quick.acme.com'), ...Array(3).fill('slow.acme.com')])
})
