import type { Role } from '../../../shared/api/actions.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask, editTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { App, Someone } from '../app.ts'
import { succeed, type Team, taskBody } from '../ordinary/team.ts'

/** As many colleagues as the ordinary calls name. */
const crowd = 8

export const joined = async (app: App, workspaceId: string, role: Role): Promise<Someone> => {
  const who = await app.person(`Somebody ${role}`)
  await app.join(who, workspaceId, role)
  return who
}

/** A team for which the ordinary calls can be prepared, small enough to compare all of its items often. */
export const smallTeam = async (app: App, name: string): Promise<Team> => {
  const owner = await app.person(`Olga ${name}`)
  const made = await succeed(app, owner, createWorkspace, { body: { name, zone: 'Europe/Madrid' } })
  const workspaceId: string = made.body.id
  const project = await succeed(app, owner, createProject, {
    params: { workspaceId },
    body: { name: 'Operations', key: name.toUpperCase() },
  })
  const projectId: string = project.body.id
  const colleagues: Someone[] = []
  for (let n = 0; n < crowd; n++) colleagues.push(await joined(app, workspaceId, 'member'))
  const { body: longLived } = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody([]),
  })
  const params = { workspaceId, taskId: longLived.id }
  await succeed(app, owner, editTask, { params, body: { priority: 'low' } })
  await app.drain()
  return { app, owner, colleagues, workspaceId, projectId, longLived }
}
