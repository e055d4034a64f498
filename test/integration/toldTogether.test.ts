import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { duplicateTask } from '../../shared/api/routes/life.ts'
import { quickAdd } from '../../shared/api/routes/quickAdd.ts'
import { listTaskHistory } from '../../shared/api/routes/tasks.ts'
import { applyTemplate, createTemplate } from '../../shared/api/routes/templates.ts'
import type { Someone } from '../support/app.ts'
import { succeed } from '../support/ordinary/team.ts'
import { type DetailTeam, startDetailTeam } from './details/detailTeam.ts'

/** Whoever gets several tasks by one request hears of it once. */

let team: DetailTeam
let ana: Someone
let ben: Someone

const joined = async (name: string) => {
  const who = await team.app.person(name)
  await team.app.join(who, team.workspaceId, 'member', name)
  return who
}

beforeAll(async () => {
  team = await startDetailTeam()
  ;[ana, ben] = [await joined('Ana'), await joined('Ben')]
})
afterAll(() => team.app.close())
beforeEach(async () => {
  await team.app.drain()
  team.app.notices.length = 0
})

const notices = async () => {
  await team.app.drain()
  return team.app.notices
    .map((notice) => [notice.kind, 'userId' in notice && notice.userId, 'count' in notice && notice.count])
    .toSorted()
}
const both = (count: number) =>
  [
    ['bulk', ana.userId, count],
    ['bulk', ben.userId, 1],
  ].toSorted()
const params = (more: object = {}) => ({ workspaceId: team.workspaceId, ...more })
const causeOf = async (taskId: string) => {
  const { body } = await succeed(team.app, team.owner, listTaskHistory, { params: params({ taskId }) })
  return body.items[0].cause
}

const parentWithSubtasks = async () => {
  const parentId = await team.addTask({ assigneeIds: [ana.userId] })
  await team.addTask({ parentId, assigneeIds: [ana.userId, ben.userId] })
  await team.addTask({ parentId, assigneeIds: [team.owner.userId] })
  await notices()
  team.app.notices.length = 0
  return parentId
}

test('a copy with its subtasks', async () => {
  const taskId = await parentWithSubtasks()
  const body = { subtasks: true }
  const copy = await succeed(team.app, team.owner, duplicateTask, { params: params({ taskId }), body })
  expect(await notices()).toEqual(both(2))
  expect(await causeOf(copy.body.id)).toEqual({ kind: 'duplicate', taskId })
})

test('a template', async () => {
  const mine = { title: 'First', assigneeIds: [ana.userId] }
  const ours = { title: 'Second', assigneeIds: [ana.userId, ben.userId] }
  const body = { kind: 'task', name: 'Onboarding', tasks: [mine, { ...ours, parent: 0 }] }
  const made = await succeed(team.app, team.owner, createTemplate, { params: params(), body })
  const templateId = made.body.id
  const use = { projectId: team.projectId, startDate: '2031-03-03' }
  const applied = await succeed(team.app, team.owner, applyTemplate, {
    params: params({ templateId }),
    body: use,
  })
  expect(await notices()).toEqual(both(2))
  expect(await causeOf(applied.body.items[0].id)).toEqual({ kind: 'template', templateId })
})

test('many lines of quick add', async () => {
  const body = { text: 'First @ana\nSecond @ana @ben\nThird @ana\nFourth' }
  const request = { params: params({ projectId: team.projectId }), body }
  const { body: reply } = await succeed(team.app, team.owner, quickAdd, request)
  expect(reply.created).toHaveLength(4)
  expect(await notices()).toEqual(both(3))
})

test('a single one by its own name', async () => {
  const taskId = await parentWithSubtasks()
  await succeed(team.app, team.owner, duplicateTask, {
    params: params({ taskId }),
    body: { subtasks: false },
  })
  expect(await notices()).toEqual([['assigned', ana.userId, false]])
})
