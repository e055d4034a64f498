import { randomUUID } from 'node:crypto'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { statuses } from '../../../shared/api/schemas/task.ts'
import type { OrdinaryCalls } from './call.ts'
import { groupOf } from './groupCalls.ts'
import { succeed, type Team, taskBody } from './team.ts'

const once = () => ({ 'Idempotency-Key': randomUUID() })
const fullPages = { status: statuses.join(','), sort: 'due', limit: '50' }

const pair = ({ colleagues }: Team, from: number) =>
  colleagues.slice(from, from + 2).map(({ userId }) => userId)

/** Path of a task just made. */
const newTask = async (team: Team) => {
  const { app, owner, workspaceId, projectId } = team
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody(pair(team, 0)),
  })
  return { workspaceId, taskId: String(made.body.id) }
}
const longLived = ({ workspaceId, longLived }: Team) => ({ workspaceId, taskId: longLived.id })

export const taskCalls: OrdinaryCalls = {
  createTask: async (team) => ({
    who: team.owner,
    request: {
      params: { workspaceId: team.workspaceId, projectId: team.projectId },
      body: taskBody(pair(team, 0)),
      headers: once(),
    },
  }),
  listProjectTasks: async ({ owner, workspaceId, projectId }) => ({
    who: owner,
    request: { params: { workspaceId, projectId }, query: fullPages },
  }),
  // Of somebody who is in two groups.
  listAssignedTasks: async (team) => {
    const { colleagues, workspaceId } = team
    const who = colleagues[0] as (typeof colleagues)[number]
    for (const _ of [1, 2]) await groupOf(team, [who])
    return { who, request: { params: { workspaceId, userId: '@me' }, query: fullPages } }
  },
  getTask: async (team) => ({ who: team.owner, request: { params: longLived(team) } }),
  findTask: async ({ owner, workspaceId, longLived: { key } }) => ({
    who: owner,
    request: { params: { workspaceId, key } },
  }),
  // Moves the task in every list and in the index of reminders.
  editTask: async (team) => ({
    who: team.owner,
    request: {
      params: await newTask(team),
      body: {
        status: 'in_progress',
        due: { dateTime: '2031-03-05T17:00', zone: 'Europe/Madrid' },
        assigneeIds: pair(team, 2),
      },
      headers: { 'If-Match': '"1"' },
    },
  }),
  delegateTask: async (team) => {
    const [from, , , to] = team.colleagues.map(({ userId }) => userId)
    return {
      who: team.owner,
      request: {
        params: await newTask(team),
        body: { from, to, note: 'You know the carrier better' },
        headers: once(),
      },
    }
  },
  completeTask: async (team) => ({
    who: team.owner,
    request: { params: await newTask(team), body: {}, headers: { ...once(), 'If-Match': '"1"' } },
  }),
  deleteTask: async (team) => ({
    who: team.owner,
    request: { params: await newTask(team), headers: { 'If-Match': '"1"' } },
  }),
  verifyTaskHistory: async (team) => ({ who: team.owner, request: { params: longLived(team) } }),
  listTaskHistory: async (team) => ({
    who: team.owner,
    request: { params: longLived(team), query: { limit: '50' } },
  }),
}
