import { randomUUID } from 'node:crypto'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { addTaskProject } from '../../../shared/api/routes/boards.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { linkTask } from '../../../shared/api/routes/structure.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { statuses } from '../../../shared/api/schemas/task.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const newTask = async (team: Team, fields: Record<string, unknown> = {}): Promise<string> => {
  const { app, owner, colleagues, workspaceId, projectId } = team
  const assigneeIds = colleagues.slice(0, 2).map(({ userId }) => userId)
  const { body } = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody(assigneeIds, fields),
  })
  return body.id
}

/** Another project with a task, hence a last number. */
const newProject = async ({ app, owner, workspaceId }: Team): Promise<string> => {
  const key = `Q${randomUUID().slice(0, 8).toUpperCase()}`
  const params = { workspaceId }
  const { body } = await succeed(app, owner, createProject, { params, body: { name: 'Claims', key } })
  await succeed(app, owner, createTask, {
    params: { workspaceId, projectId: body.id },
    body: { title: 'First of all' },
  })
  return body.id
}

const done = (team: Team, route: RouteDeclaration, params: Record<string, string>, body?: object) =>
  succeed(team.app, team.owner, route, { params: { workspaceId: team.workspaceId, ...params }, body })

/** A task with three subtasks goes under one that stands on the third level. */
const moveUnder = async (team: Team) => {
  const { workspaceId } = team
  let parentId: string | null = null
  for (const _ of [1, 2, 3]) parentId = await newTask(team, { parentId })
  const taskId = await newTask(team)
  for (const _ of [1, 2, 3]) await newTask(team, { parentId: taskId })
  await team.app.drain()
  return { params: { workspaceId, taskId }, body: { parentId }, headers: { 'If-Match': '"1"' } }
}

/** A task with more than a page of subtasks in each status. */
const crowdBelow = async (team: Team) => {
  const { workspaceId } = team
  const parentId = await newTask(team)
  for (let n = 0; n < 55; n++) await newTask(team, { parentId, status: statuses[n % statuses.length] })
  await team.app.drain()
  return { params: { workspaceId, taskId: parentId }, query: { status: statuses.join(','), limit: '50' } }
}

/** A task comes to wait for one that waits for another. */
const linkBehind = async (team: Team) => {
  const { workspaceId } = team
  const [taskId, otherTaskId, third] = [await newTask(team), await newTask(team), await newTask(team)]
  await done(team, linkTask, { taskId: otherTaskId, otherTaskId: third }, { kind: 'blockedBy' })
  return { params: { workspaceId, taskId, otherTaskId }, body: { kind: 'blockedBy' } }
}

const between = async (team: Team) => {
  const { workspaceId, projectId } = team
  const after = await newTask(team)
  // Of one millisecond, chance says which of two stands first.
  team.app.clock.now += 1
  const [before, taskId] = [await newTask(team), await newTask(team)]
  const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '"1"' }
  return { params: { workspaceId, taskId }, body: { projectId, after, before }, headers }
}

const elsewhere = async (team: Team) => {
  const params = { workspaceId: team.workspaceId, taskId: await newTask(team) }
  return { params, projectId: await newProject(team) }
}

export const structureCalls: OrdinaryCalls = {
  setTaskParent: async (team) => ({ who: team.owner, request: await moveUnder(team) }),
  listSubtasks: async (team) => ({ who: team.owner, request: await crowdBelow(team) }),
  linkTask: async (team) => ({ who: team.owner, request: await linkBehind(team) }),
  unlinkTask: async (team) => {
    const { params, body } = await linkBehind(team)
    await done(team, linkTask, params, body)
    return { who: team.owner, request: { params } }
  },
  positionTask: async (team) => ({ who: team.owner, request: await between(team) }),
  moveTask: async (team) => {
    const { params, projectId } = await elsewhere(team)
    return { who: team.owner, request: { params, body: { projectId }, headers: { 'If-Match': '"1"' } } }
  },
  addTaskProject: async (team) => {
    const { params, projectId } = await elsewhere(team)
    return { who: team.owner, request: { params: { ...params, projectId }, body: {} } }
  },
  removeTaskProject: async (team) => {
    const { params, projectId } = await elsewhere(team)
    await done(team, addTaskProject, { ...params, projectId }, {})
    return { who: team.owner, request: { params: { ...params, projectId } } }
  },
}
