import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { sampleOf } from '../../infra/bundle/dry/sample.ts'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { createWorkspace, getWorkspace } from '../../shared/api/routes/workspaces.ts'
import { routes } from '../../shared/api/routes.ts'
import { type IdKind, idPrefixes } from '../../shared/api/schemas/ids.ts'
import type { TaskReply } from '../../shared/api/schemas/task.ts'
import { apiFor, parsed, problemIn, urlOf } from '../support/e2e/api.ts'
import { newPerson, type Person } from '../support/e2e/people.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'

let team: Team
let task: TaskReply
let stranger: Person
beforeAll(async () => {
  ;[team, stranger] = await Promise.all([newTeam(), newPerson('Stranger')])
  task = await team.addTask({ title: 'Untouched' })
})

const tasksPath = () => `/v1/workspaces/${team.workspaceId}/projects/${team.projectId}/tasks`
const post = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  parsed(
    await fetch(urlOf(path), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${team.owner.token}`,
        'content-type': 'application/json',
        ...headers,
      },
      body,
    }),
  )
const titled = (length: number) => JSON.stringify({ title: 'Big', description: 'x'.repeat(length) })

describe('a body that cannot be read', () => {
  test.each([
    ['cut off', '{"title": "Cut'],
    ['no JSON', 'title=Hello'],
    ['two documents', '{"title":"One"}{"title":"Two"}'],
    ['a member that reaches the prototype', '{"title":"P","__proto__":{"role":"owner"}}'],
    ['not UTF-8', new Uint8Array([0x7b, 0x22, 0x74, 0xff, 0xfe, 0x7d])],
  ])('%s is malformed-json', async (_what, body) => {
    problemIn(await post(tasksPath(), body), 'malformed-json')
  })

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/json; charset=latin1'],
    ['application/xml'],
  ])('as %s is unsupported-media-type', async (type) => {
    problemIn(
      await post(tasksPath(), '{"title":"Typed"}', { 'content-type': type }),
      'unsupported-media-type',
    )
  })

  test.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['Application/JSON;charset="UTF-8"'],
  ])('while %s is taken', async (type) => {
    const { status } = await post('/v1/auth/resend-code', '{"email":"nobody@example.com"}', {
      'content-type': type,
    })
    expect(status).toBe(202)
  })

  test('beyond 256 KB is body-too-large; just below it the fields are looked at', async () => {
    const refusal = problemIn(await post(tasksPath(), titled(256 * 1024)), 'body-too-large')
    expect(refusal.title).toContain('256 KB')
    const inside = problemIn(await post(tasksPath(), titled(256 * 1024 - 64)), 'invalid-request')
    expect(inside.errors?.[0]?.pointer).toBe('/description')
  })

  test.each([['[]'], ['"title"'], ['null'], ['42']])(
    'that is %s and no object is invalid-request',
    async (body) => {
      problemIn(await post(tasksPath(), body), 'invalid-request')
    },
  )
})

test.each<[Record<string, unknown>, string]>([
  [{}, '/title'],
  [{ title: '   ' }, '/title'],
  [{ title: 7 }, '/title'],
  [{ title: 'x'.repeat(501) }, '/title'],
  [{ title: 'nul\u0000' }, '/title'],
  [{ title: 'lone \ud800 surrogate' }, '/title'],
  [{ title: 'ok', status: 'finished' }, '/status'],
  [{ title: 'ok', priority: 'HIGH' }, '/priority'],
  [{ title: 'ok', due: '2030-01-01' }, '/due'],
  [{ title: 'ok', due: { date: '2030-02-30' } }, '/due'],
  [{ title: 'ok', due: { dateTime: '2030-01-01T12:00Z', zone: 'UTC' } }, '/due'],
  [{ title: 'ok', due: { dateTime: '2030-01-01T12:00', zone: 'Nowhere/Land' } }, '/due'],
  [{ title: 'ok', tags: ['a', 'a'] }, '/tags'],
  [{ title: 'ok', tags: Array.from({ length: 51 }, (_, index) => String(index)) }, '/tags'],
  [{ title: 'ok', estimateMinutes: 1.5 }, '/estimateMinutes'],
  [{ title: 'ok', assigneeIds: ['me'] }, '/assigneeIds/0'],
  [{ title: 'ok', assigneeIds: ['00000000-0000-4000-8000-000000000000'] }, '/assigneeIds/0'],
  [{ title: 'ok', reminders: [{ minutesBefore: 5 }] }, '/reminders/0'],
  [{ title: 'ok', reminders: [{ relativeTo: 'due', minutesBefore: -1 }] }, '/reminders/0'],
  [{ title: 'ok', version: 7 }, '/version'],
  [{ title: 'ok', 'a/b~c': 1 }, '/a~1b~0c'],
])('a task of %j is refused, naming %s, and nothing of it is written', async (body, pointer) => {
  const request = { params: { workspaceId: team.workspaceId, projectId: team.projectId }, body }
  const { errors } = await team.owner.api.refused('invalid-request', tasks.createTask, request)
  // The field, or the very part of it that is wrong.
  expect(errors?.map((error) => error.pointer.slice(0, pointer.length))).toContain(pointer)
  expect(errors?.every(({ detail }) => detail !== '')).toBe(true)
  const list = await team.owner.api.ok(tasks.listProjectTasks, { params: request.params })
  expect(list.body.items.map(({ title }) => title)).toEqual(['Untouched'])
})

test('every wrong field is named at once, and what was sent is not repeated', async () => {
  const body = { title: '', status: 'sekrit', priority: 'sekrit', extra: 'sekrit' }
  const params = { workspaceId: team.workspaceId, projectId: team.projectId }
  const { errors, title, detail } = await team.owner.api.refused('invalid-request', tasks.createTask, {
    params,
    body,
  })
  expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/extra', '/priority', '/status', '/title'])
  expect(JSON.stringify([errors, title, detail])).not.toContain('sekrit')
})

describe('what is not there', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/nothing'],
    ['POST', '/v2/workspaces'],
    ['GET', '/v1/workspaces/'],
    ['GET', '/.env'],
  ])('%s %s is not-found', async (method, path) => {
    problemIn(await parsed(await fetch(urlOf(path), { method })), 'not-found')
  })

  const concrete = ({ path }: RouteDeclaration) => path.replace(/\{\w+\}/g, 'x')
  const paths = [...new Set(routes.map(concrete))]
  test.each(paths.map((path) => [path]))(
    'another method on %s is method-not-allowed, with Allow',
    async (path) => {
      const allowed = routes.filter((route) => concrete(route) === path).map(({ method }) => method)
      const method = ['PUT', 'DELETE', 'PATCH'].find((one) => !allowed.includes(one as never)) ?? 'PUT'
      const refusal = problemIn(await parsed(await fetch(urlOf(path), { method })), 'method-not-allowed')
      const listed = (refusal.headers.get('allow') ?? '').split(/,\s*/)
      expect(listed).toEqual(expect.arrayContaining(allowed))
      expect(listed).not.toContain(method)
    },
  )

  test('ids of the wrong form, of another kind, or of nothing answer alike', async () => {
    const { api } = team.owner
    const { workspaceId } = team
    const wrong = [
      'x',
      'tsk_',
      team.projectId,
      `${task.id}0`,
      task.id.toUpperCase(),
      `${idPrefixes.task}_${'0'.repeat(26)}`,
      '%00',
      "' OR 1=1",
    ]
    const refusals = []
    for (const taskId of wrong) {
      refusals.push(await api.refused('not-found', tasks.getTask, { params: { workspaceId, taskId } }))
    }
    expect(
      new Set(refusals.map(({ title, detail, errors }) => JSON.stringify([title, detail, errors]))).size,
    ).toBe(1)
  })
})

describe('a workspace one is no member of', () => {
  const nobodys = (kind: IdKind): string => `${idPrefixes[kind]}_${'0'.repeat(26)}`
  const inWorkspace = routes.filter(({ access }) => access.kind === 'member')
  /** Body and query that every check of form lets pass, so that only access is left to refuse it. */
  const told = async (route: RouteDeclaration, params: Record<string, string>) => {
    const body = route.body === undefined ? {} : { body: sampleOf(route.body) }
    const query = z.safeParse(route.query, {}).success
      ? {}
      : { query: sampleOf(route.query) as Record<string, string> }
    const refusal = await stranger.api.refused('not-found', route, { params, ...body, ...query })
    const { requestId: _, headers, ...rest } = refusal
    return { rest, headers: [...headers.keys()].filter((name) => name !== 'date').sort() }
  }

  test.each(inWorkspace.map((route) => [route.name, route] as const))(
    '%s answers as for one that does not exist',
    async (_name, route) => {
      const ids = {
        projectId: team.projectId,
        taskId: task.id,
        otherTaskId: task.id,
        userId: team.owner.id,
        invitationId: nobodys('invitation'),
        groupId: nobodys('group'),
        key: task.key,
        itemId: nobodys('checklistItem'),
        timeEntryId: nobodys('timeEntry'),
        fieldId: nobodys('customField'),
        attachmentId: nobodys('attachment'),
        templateId: nobodys('template'),
        jobId: nobodys('job'),
        notificationId: nobodys('notification'),
        commentId: nobodys('comment'),
        emoji: '👍',
        webhookId: nobodys('webhook'),
        deliveryId: nobodys('delivery'),
      }
      const foreign = await told(route, { ...ids, workspaceId: team.workspaceId })
      expect(foreign).toEqual(await told(route, { ...ids, workspaceId: nobodys('workspace') }))
    },
  )

  test('nor does an id from it help inside one’s own', async () => {
    const { body: own } = await stranger.api.ok(createWorkspace, { body: { name: 'Own' } })
    const params = { workspaceId: own.id, taskId: task.id }
    await stranger.api.refused('not-found', tasks.getTask, { params })
    await stranger.api.refused('not-found', tasks.editTask, { params, body: { title: 'Stolen' } })
    const elsewhere = { workspaceId: own.id, projectId: team.projectId }
    await stranger.api.refused('not-found', tasks.createTask, { params: elsewhere, body: { title: 'In' } })
    await stranger.api.refused('not-found', tasks.listProjectTasks, { params: elsewhere })
    await soon(async () => {
      const { body } = await team.owner.api.ok(tasks.getTask, {
        params: { workspaceId: team.workspaceId, taskId: task.id },
      })
      expect(body).toEqual(task)
    })
  })

  test('without a token nobody learns more', async () => {
    const params = { workspaceId: team.workspaceId }
    const refusal = await apiFor().refused('unauthenticated', getWorkspace, { params })
    expect(refusal.headers.get('www-authenticate')).toBe('Bearer')
  })
})
