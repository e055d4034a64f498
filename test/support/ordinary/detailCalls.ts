import { randomUUID } from 'node:crypto'
import { addChecklistItem } from '../../../shared/api/routes/checklists.ts'
import { createCustomField } from '../../../shared/api/routes/customFields.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { addTimeEntry, startTimer } from '../../../shared/api/routes/time.ts'
import { addWatcher } from '../../../shared/api/routes/watchers.ts'
import type { Someone } from '../app.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const once = () => ({ 'Idempotency-Key': randomUUID() })

/** Path of a task just made, with five items on its checklist. */
const newTask = async ({ app, owner, colleagues, workspaceId, projectId }: Team) => {
  const checklist = Array.from({ length: 5 }, (_, n) => ({ text: `Page ${n} has the stamp of the carrier` }))
  const assigneeIds = colleagues.slice(0, 2).map(({ userId }) => userId)
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody(assigneeIds, { checklist }),
  })
  return { workspaceId, taskId: String(made.body.id) }
}

const post = (body: object) => async (team: Team) => ({
  who: team.owner,
  request: { params: await newTask(team), body, headers: once() },
})

const item = { text: 'The last page is signed', after: null }
const withItem = async (team: Team) => {
  const params = await newTask(team)
  const { body } = await succeed(team.app, team.owner, addChecklistItem, { params, body: item })
  return { params: { ...params, itemId: String(body.checklist[0].id) }, headers: { 'If-Match': '"2"' } }
}

const entry = { minutes: 45, note: 'Called the carrier and asked for the papers' }
const withEntry = async (team: Team) => {
  const params = await newTask(team)
  const { body } = await succeed(team.app, team.owner, addTimeEntry, { params, body: entry })
  return { params: { ...params, timeEntryId: String(body.id) }, headers: { 'If-Match': '"2"' } }
}

/** Each call is by somebody else: one timer runs for each person. */
const timed = (colleague: number) => async (team: Team) => {
  const who = team.colleagues[colleague] as Someone
  return { who, request: { params: await newTask(team), body: {}, headers: once() } }
}

const watching = async (team: Team) => {
  const userId = (team.colleagues[5] as Someone).userId
  return { who: team.owner, request: { params: { ...(await newTask(team)), userId }, body: {} } }
}

const choice = { name: 'Carrier', type: 'choice', options: ['Road', 'Rail', 'Sea', 'Air'] }
/** A project of its own: the one of the team is read by everybody's calls. */
const newProject = async ({ app, owner, workspaceId }: Team) => {
  const body = { name: 'Deliveries', key: `D${randomUUID().slice(0, 8).toUpperCase()}` }
  const made = await succeed(app, owner, createProject, { params: { workspaceId }, body })
  return { workspaceId, projectId: String(made.body.id) }
}
const withField = async (team: Team) => {
  const params = await newProject(team)
  const { body } = await succeed(team.app, team.owner, createCustomField, { params, body: choice })
  return { params: { ...params, fieldId: String(body.customFields[0].id) }, headers: { 'If-Match': '"2"' } }
}

export const detailCalls: OrdinaryCalls = {
  addChecklistItem: post(item),
  editChecklistItem: async (team) => ({
    who: team.owner,
    request: { ...(await withItem(team)), body: { done: true } },
  }),
  deleteChecklistItem: async (team) => ({ who: team.owner, request: await withItem(team) }),
  startTimer: timed(0),
  stopTimer: async (team) => {
    const call = await timed(1)(team)
    await succeed(team.app, call.who, startTimer, { params: call.request.params, body: {} })
    return call
  },
  getTimer: async ({ owner, workspaceId }) => ({
    who: owner,
    request: { params: { workspaceId, userId: '@me' } },
  }),
  addTimeEntry: post(entry),
  editTimeEntry: async (team) => ({
    who: team.owner,
    request: { ...(await withEntry(team)), body: { minutes: 50 } },
  }),
  deleteTimeEntry: async (team) => ({ who: team.owner, request: await withEntry(team) }),
  createCustomField: async (team) => ({
    who: team.owner,
    request: { params: await newProject(team), body: choice, headers: once() },
  }),
  editCustomField: async (team) => ({
    who: team.owner,
    request: { ...(await withField(team)), body: { options: ['Road', 'Rail', 'Sea'] } },
  }),
  deleteCustomField: async (team) => ({ who: team.owner, request: await withField(team) }),
  addWatcher: watching,
  removeWatcher: async (team) => {
    const call = await watching(team)
    await succeed(team.app, call.who, addWatcher, call.request)
    return { who: call.who, request: { params: call.request.params } }
  },
}
