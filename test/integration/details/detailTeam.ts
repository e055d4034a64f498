import { createProject } from '../../../shared/api/routes/projects.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { IdKind } from '../../../shared/api/schemas/ids.ts'
import type { TaskReply } from '../../../shared/api/schemas/task.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { revise } from '../../../shared/domain/tasks/edit.ts'
import type { Tracked } from '../../../shared/domain/tasks/paths.ts'
import { type App, type Request, type Someone, startApp } from '../../support/app.ts'

/** A workspace with a project, its owner, and the app over an engine of its own. */
export const startDetailTeam = async () => {
  const app: App = await startApp()
  const owner = await app.person('Olga Owner')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Acme', zone: 'Europe/Madrid' } })
  const workspaceId: string = workspace.body.id
  const addProject = async (key: string): Promise<string> => {
    const body = { name: key, key }
    return (await app.call(owner, createProject, { params: { workspaceId }, body })).body.id
  }
  const projectId = await addProject('OPS')
  const create = (body: object, inProject = projectId, headers: Request['headers'] = {}, who = owner) =>
    app.call(who, tasks.createTask, { params: { workspaceId, projectId: inProject }, body, headers })
  /** Id of a new task. */
  const addTask = async (fields: object = {}): Promise<string> => {
    const { status, body } = await create({ title: 'Task', ...fields })
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body.id
  }
  const read = async (taskId: string): Promise<TaskReply> =>
    (await app.call(owner, tasks.getTask, { params: { workspaceId, taskId } })).body
  /** Writes a state that would take many requests to come to. */
  const fill = async (taskId: string, state: Partial<Tracked>): Promise<void> => {
    const task = await app.stores.tasks.task(workspaceId, taskId)
    if (task === undefined) throw new Error('no such task')
    const editor = { userId: owner.userId, now: new Date(app.clock.now).toISOString(), zone: 'UTC' }
    await app.stores.tasks.replace(revise(task, state, editor))
  }
  const colleague = async (role: 'admin' | 'manager' | 'member' | 'guest'): Promise<Someone> => {
    const who = await app.person(`Carla ${role}`)
    await app.join(who, workspaceId, role)
    return who
  }
  return { app, owner, workspaceId, projectId, addProject, create, addTask, read, fill, colleague }
}
export type DetailTeam = Awaited<ReturnType<typeof startDetailTeam>>

/** A version as If-Match names it. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` })

/** So many entries of a map in a task. */
export const entriesOf = <Entry>(
  count: number,
  kind: IdKind,
  entry: (n: number) => Entry,
): Record<string, Entry> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [makeId(kind, n, randomSeed()), entry(n)]))
