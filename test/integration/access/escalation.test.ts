import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as access from '../../../shared/api/routes/access.ts'
import { addTaskProject, moveTask, removeTaskProject } from '../../../shared/api/routes/boards.ts'
import { createCustomField } from '../../../shared/api/routes/customFields.ts'
import { batchTasks } from '../../../shared/api/routes/jobs.ts'
import { duplicateTask, undoChange } from '../../../shared/api/routes/life.ts'
import * as members from '../../../shared/api/routes/members.ts'
import { shareTask } from '../../../shared/api/routes/shares.ts'
import { linkTask, setTaskParent, unlinkTask } from '../../../shared/api/routes/structure.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import { createTemplate } from '../../../shared/api/routes/templates.ts'
import { addTimeEntry, editTimeEntry } from '../../../shared/api/routes/time.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, ifMatch, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
/** A manager, and a member, who are but guests in the project `hidden`. */
let manager: Someone
let member: Someone
let hidden: string

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, ...params } })
const give = (userId: string, role: string, projectId = hidden) =>
  call(team.owner, access.setProjectRole, { params: { projectId, userId }, body: { role } })
const add = async (projectId: string, fields: object = {}, who = team.owner): Promise<string> => {
  const { status, body } = await team.create({ title: 'Task', ...fields }, projectId, {}, who)
  expect(status).toBe(201)
  return body.id
}
const shared = async (userId: string, projectId = hidden): Promise<string> => {
  const taskId = await add(projectId)
  await call(team.owner, shareTask, { params: { taskId, userId }, body: { level: 'edit' } })
  return taskId
}

beforeAll(async () => {
  team = await startDetailTeam()
  hidden = await team.addProject('HIDE')
  manager = await team.colleague('manager')
  member = await team.colleague('member')
  await give(manager.userId, 'guest')
  await give(member.userId, 'guest')
})
afterAll(() => team.app.close())

describe('whoever may edit a task only because it is shared', () => {
  test('does not take it to where they may do more', async () => {
    const taskId = await shared(manager.userId)
    const attempts: [RouteDeclaration, Request][] = [
      [moveTask, { params: { taskId }, body: { projectId: team.projectId } }],
      [addTaskProject, { params: { taskId, projectId: team.projectId }, body: {} }],
      [removeTaskProject, { params: { taskId, projectId: team.projectId } }],
    ]
    const before = await team.read(taskId)
    for (const [route, request] of attempts)
      expect((await call(manager, route, request)).status, route.name).toBe(403)
    expect(await team.read(taskId)).toEqual(before)
    expect((await call(manager, tasks.getTask, { params: { taskId } })).body.allowedActions).toEqual([
      'task.read',
      'task.edit',
      'task.complete',
      'task.time',
    ])
  })

  test('does not put it below a task of theirs, to delete it with that', async () => {
    const taskId = await shared(member.userId)
    const parentId = await add(team.projectId, {}, member)
    const moved = await call(member, setTaskParent, { params: { taskId }, body: { parentId } })
    expect(moved.status).toBe(403)
    expect((await team.read(taskId)).parentId).toBeNull()
  })

  test('does not take back that others moved it', async () => {
    const nobody = await team.colleague('guest')
    const taskId = await shared(nobody.userId, team.projectId)
    const moved = await call(team.owner, moveTask, { params: { taskId }, body: { projectId: hidden } })
    const further = await call(team.owner, addTaskProject, {
      params: { taskId, projectId: team.projectId },
      body: {},
    })
    const parentId = await add(hidden)
    const below = await call(team.owner, setTaskParent, { params: { taskId }, body: { parentId } })
    await team.app.drain()
    for (const { body } of [moved, further, below]) {
      const undone = await call(nobody, undoChange, { params: { taskId }, body: { version: body.version } })
      expect(undone.status).toBe(403)
    }
  })
})

describe('a task that stands in a project of mine and in one where I am a guest', () => {
  const both = async (fields: object = {}): Promise<string> => {
    const taskId = await add(hidden, fields)
    await call(team.owner, addTaskProject, { params: { taskId, projectId: team.projectId }, body: {} })
    return taskId
  }

  test('is not moved away from the other one', async () => {
    const taskId = await both()
    const request = { params: { taskId }, body: { projectId: team.projectId } }
    expect((await call(manager, moveTask, request)).status).toBe(403)
    expect((await team.read(taskId)).projectId).toBe(hidden)
    expect((await call(team.owner, moveTask, request)).status).toBe(200)
  })

  test('is not copied into the other one', async () => {
    const taskId = await both()
    const copied = await call(manager, duplicateTask, { params: { taskId }, body: {} })
    expect(copied.status).toBe(403)
    const here = { params: { taskId }, body: { projectId: team.projectId } }
    expect((await call(manager, duplicateTask, here)).status).toBe(201)
  })
})

describe('the time of others', () => {
  test('is not for a manager who is a guest in that very project', async () => {
    const taskId = await add(hidden, { assigneeIds: [manager.userId] })
    const of = (userId: string) => ({ params: { taskId }, body: { minutes: 5, userId } })
    expect((await call(manager, addTimeEntry, of(manager.userId))).status).toBe(201)
    expect((await call(manager, addTimeEntry, of(team.owner.userId))).status).toBe(403)
    const others = (await call(team.owner, addTimeEntry, of(team.owner.userId))).body
    const edited = { params: { taskId, timeEntryId: others.id }, body: { minutes: 9 } }
    expect((await call(manager, editTimeEntry, edited)).status).toBe(403)
  })

  test('is for a member who is a manager there', async () => {
    const projectId = await team.addProject('MINE')
    await give(member.userId, 'manager', projectId)
    const taskId = await add(projectId)
    const request = { params: { taskId }, body: { minutes: 5, userId: team.owner.userId } }
    expect((await call(member, addTimeEntry, request)).status).toBe(201)
  })
})

describe('a batch', () => {
  const absent = () => makeId('task', team.app.clock.now, randomSeed())
  const batch = (who: Someone, taskId: string, headers = {}) =>
    call(who, batchTasks, { body: { operations: [{ taskId, action: 'complete' }] }, headers })
  const saying = ({ status, body }: Awaited<ReturnType<typeof batch>>) => {
    const { requestId: _, ...rest } = body
    return { status, ...rest }
  }

  test('answers of a task that I may not know of as of one that is not there', async () => {
    const guest = await team.colleague('guest')
    const secret = await add(hidden)
    for (const who of [member, guest]) {
      expect(saying(await batch(who, secret))).toEqual(saying(await batch(who, absent())))
    }
  })

  test('does what a share or a role in a project allows', async () => {
    const guest = await team.colleague('guest')
    expect((await batch(guest, await shared(guest.userId))).status).toBe(200)
  })

  test('that ran before is not told again to whoever may not see its tasks any more', async () => {
    const guest = await team.colleague('guest')
    const taskId = await shared(guest.userId)
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await batch(guest, taskId, key)
    expect((await batch(guest, taskId, key)).body).toEqual(first.body)
    await team.fill(taskId, { shares: {} })
    expect((await batch(guest, taskId, key)).status).toBe(404)
  })
})

test('a link to a task that I may not see any more is not put back by an undo', async () => {
  const mine = await add(team.projectId, {}, member)
  const other = await add(hidden)
  const ends = { params: { taskId: mine, otherTaskId: other } }
  await call(team.owner, linkTask, { ...ends, body: { kind: 'relatesTo' } })
  const gone = await call(team.owner, unlinkTask, ends)
  await team.app.drain()
  const before = await team.read(other)
  const undone = await call(member, undoChange, {
    params: { taskId: mine },
    body: { version: gone.body.version },
  })
  expect(undone.status).toBe(409)
  expect(await team.read(other)).toEqual(before)
})

test('the workspace is not handed over under a version that nobody expected', async () => {
  const params = { userId: member.userId }
  const handed = await call(team.owner, members.transferOwnership, {
    params,
    body: {},
    headers: ifMatch(4_711),
  })
  expect(handed.status).toBe(412)
})

test('a copy does not stand below a task that I may not see', async () => {
  const [above, seen] = [await add(hidden), await add(team.projectId)]
  const copyOf = async (parentId: string): Promise<string | null> => {
    const taskId = await add(team.projectId, { parentId })
    const copied = await call(member, duplicateTask, { params: { taskId }, body: {} })
    expect(copied.status).toBe(201)
    return copied.body.parentId
  }
  expect([await copyOf(above), await copyOf(seen)]).toEqual([null, seen])
})

test('a template takes no custom field of a hidden project, as it takes none that there is not', async () => {
  const field = { name: 'Salary', type: 'number' }
  const made = await call(team.owner, createCustomField, { params: { projectId: hidden }, body: field })
  const of = (fieldId: string) => ({
    kind: 'task',
    name: 'Hire',
    tasks: [{ title: 'Sign', customFields: { [fieldId]: 1 } }],
  })
  const answers: string[] = []
  for (const id of [made.body.customFields[0].id, makeId('customField', Date.now(), randomSeed())]) {
    const { status, body } = await call(member, createTemplate, { body: of(id) })
    answers.push(JSON.stringify([status, { ...body, requestId: '' }]).replaceAll(id, '{id}'))
  }
  expect(answers[0]).toContain('400')
  expect(answers[0]).toBe(answers[1])
  expect((await call(team.owner, createTemplate, { body: of(made.body.customFields[0].id) })).status).toBe(
    201,
  )
})
