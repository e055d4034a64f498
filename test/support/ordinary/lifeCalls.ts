import { randomUUID } from 'node:crypto'
import * as life from '../../../shared/api/routes/life.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import * as templates from '../../../shared/api/routes/templates.ts'
import type { OrdinaryCalls } from './call.ts'
import { due, succeed, type Team, taskBody } from './team.ts'

const once = () => ({ 'Idempotency-Key': randomUUID() })

const peopleOf = ({ colleagues }: Team) => colleagues.slice(0, 2).map(({ userId }) => userId)

/** Path of a task just made. */
const newTask = async (team: Team, changes: Record<string, unknown> = {}) => {
  const { app, owner, workspaceId, projectId } = team
  const { body } = await succeed(app, owner, tasks.createTask, {
    params: { workspaceId, projectId },
    body: taskBody(peopleOf(team), changes),
  })
  return { workspaceId, taskId: String(body.id) }
}

/** Path of a task below another one. */
const newSubtask = async (team: Team) => newTask(team, { parentId: (await newTask(team)).taskId })

const post = (params: Record<string, string>, body: object = {}) => ({ params, body, headers: once() })

const item = { title: 'Ask for the keys', due: { inDays: 3, time: '09:00' }, checklist: ['Badge', 'Laptop'] }
/** Ten tasks in three levels, as people plan something that comes again. */
const plan = (team: Team) => ({
  kind: 'project',
  name: 'Onboarding',
  tasks: Array.from({ length: 10 }, (_, n) => ({
    ...item,
    parent: n === 0 ? null : Math.floor((n - 1) / 3),
    assigneeIds: peopleOf(team).slice(0, 1),
  })),
})
const newTemplate = async (team: Team) => {
  const { app, owner, workspaceId } = team
  const params = { workspaceId }
  const { body } = await succeed(app, owner, templates.createTemplate, { params, body: plan(team) })
  return { workspaceId, templateId: String(body.id) }
}

export const lifeCalls: OrdinaryCalls = {
  archiveTask: async (team) => ({ who: team.owner, request: post(await newTask(team)) }),
  unarchiveTask: async (team) => {
    const params = await newSubtask(team)
    await succeed(team.app, team.owner, life.archiveTask, { params, body: {} })
    return { who: team.owner, request: post(params) }
  },
  restoreTask: async (team) => {
    const params = await newSubtask(team)
    await succeed(team.app, team.owner, tasks.deleteTask, { params })
    return { who: team.owner, request: post(params) }
  },
  purgeTask: async (team) => {
    const params = await newTask(team)
    await succeed(team.app, team.owner, tasks.deleteTask, { params })
    return { who: team.owner, request: post(params) }
  },
  undoChange: async (team) => {
    const params = await newTask(team)
    const body = { status: 'in_progress', due: { ...due, dateTime: '2031-03-05T17:00' } }
    await succeed(team.app, team.owner, tasks.editTask, { params, body })
    await team.app.drain()
    return { who: team.owner, request: post(params, { version: 2 }) }
  },
  // With two subtasks.
  duplicateTask: async (team) => {
    const params = await newTask(team)
    for (const _ of [1, 2]) await newTask(team, { parentId: params.taskId })
    await team.app.drain()
    return { who: team.owner, request: post(params) }
  },
  createTemplate: async (team) => ({
    who: team.owner,
    request: post({ workspaceId: team.workspaceId }, plan(team)),
  }),
  listTemplates: async (team) => {
    for (const _ of Array.from({ length: 52 })) await newTemplate(team)
    return { who: team.owner, request: { params: { workspaceId: team.workspaceId } } }
  },
  getTemplate: async (team) => ({ who: team.owner, request: { params: await newTemplate(team) } }),
  editTemplate: async (team) => ({
    who: team.owner,
    request: { params: await newTemplate(team), body: { tasks: plan(team).tasks.slice(0, 9) } },
  }),
  deleteTemplate: async (team) => ({ who: team.owner, request: { params: await newTemplate(team) } }),
  applyTemplate: async (team) => ({
    who: team.owner,
    request: post(await newTemplate(team), { projectId: team.projectId, startDate: '2031-03-03' }),
  }),
}
