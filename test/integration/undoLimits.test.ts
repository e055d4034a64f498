import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChecklistItem, deleteChecklistItem } from '../../shared/api/routes/checklists.ts'
import { undoChange } from '../../shared/api/routes/life.ts'
import { createProject } from '../../shared/api/routes/projects.ts'
import { createTask, getTask } from '../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../shared/api/routes/workspaces.ts'
import { type App, startApp } from '../support/app.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

test('an undo brings nothing back beyond what a task may hold', async () => {
  const owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'UTC' } })
  const workspaceId: string = workspace.body.id
  const named = { params: { workspaceId }, body: { name: 'Operations', key: 'OPS' } }
  const projectId: string = (await app.call(owner, createProject, named)).body.id
  const checklist = Array.from({ length: 100 }, (_, n) => ({ text: `Item ${n}` }))
  const body = { title: 'Pack', checklist }
  const { body: task } = await app.call(owner, createTask, { params: { workspaceId, projectId }, body })
  const params = { workspaceId, taskId: task.id as string }
  const remove = (itemId: string) => app.call(owner, deleteChecklistItem, { params: { ...params, itemId } })
  const bringBack = async () => {
    await app.drain()
    return (await app.call(owner, undoChange, { params, body: { version: 2 } })).status
  }
  expect((await remove(task.checklist[0].id)).status).toBe(204)
  expect((await app.call(owner, addChecklistItem, { params, body: { text: 'Another' } })).status).toBe(201)
  expect(await bringBack()).toBe(409)
  expect((await remove(task.checklist[1].id)).status).toBe(204)
  expect(await bringBack()).toBe(200)
  expect((await app.call(owner, getTask, { params })).body.checklist).toHaveLength(100)
})
