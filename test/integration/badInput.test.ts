import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import * as attachments from '../../shared/api/routes/attachments.ts'
import * as boards from '../../shared/api/routes/boards.ts'
import * as checklists from '../../shared/api/routes/checklists.ts'
import * as customFields from '../../shared/api/routes/customFields.ts'
import * as jobs from '../../shared/api/routes/jobs.ts'
import * as life from '../../shared/api/routes/life.ts'
import { quickAdd } from '../../shared/api/routes/quickAdd.ts'
import { previewRecurrence } from '../../shared/api/routes/recurrence.ts'
import * as structure from '../../shared/api/routes/structure.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as templates from '../../shared/api/routes/templates.ts'
import * as time from '../../shared/api/routes/time.ts'
import { customFieldTypes } from '../../shared/api/schemas/project.ts'
import type { Someone } from '../support/app.ts'
import { digestOf } from '../support/hostile/effects.ts'
import { randomId } from '../support/hostile/otherIds.ts'
import { succeed } from '../support/ordinary/team.ts'
import { type DetailTeam, startDetailTeam } from './details/detailTeam.ts'

let team: DetailTeam
/** What there is: a chain of eight, tasks that wait for `first`, a field of each type, a member, a stranger. */
let chain: string[]
let [first, second, third, trashed]: string[] = []
let fields: Record<string, string>
let member: Someone
let stranger: Someone

const params = (more: object = {}) => ({ workspaceId: team.workspaceId, ...more })
const done = (route: RouteDeclaration, more: object, body?: unknown) =>
  succeed(team.app, team.owner, route, { params: params(more), ...(body !== undefined && { body }) })

beforeAll(async () => {
  team = await startDetailTeam()
  member = await team.colleague('member')
  stranger = await team.app.person('Sam Stranger')
  chain = []
  for (let n = 0; n < 8; n++) chain.push(await team.addTask({ parentId: chain.at(-1) ?? null }))
  ;[first, second, third, trashed] = [
    await team.addTask(),
    await team.addTask(),
    await team.addTask(),
    await team.addTask(),
  ]
  await done(structure.linkTask, { taskId: first, otherTaskId: second }, { kind: 'blocks' })
  await done(structure.linkTask, { taskId: second, otherTaskId: third }, { kind: 'blocks' })
  const { projectId } = team
  await done(boards.positionTask, { taskId: second }, { projectId, after: chain[0], before: null })
  await done(tasks.deleteTask, { taskId: trashed })
  fields = {}
  for (const type of customFieldTypes) {
    const body = { name: type, type, options: type === 'choice' ? ['Road', 'Rail'] : [] }
    const made = await done(customFields.createCustomField, { projectId: team.projectId }, body)
    fields[type] = made.body.customFields.at(-1).id
  }
  await team.app.drain()
})
afterAll(() => team.app.close())

interface Case {
  readonly route: RouteDeclaration
  readonly params?: object
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly who?: Someone
}
type Row = readonly [string, number, string | undefined, RegExp, () => Case]

/** The refusal, which must leave every item and every queue as it was. */
const refuse = async ({ route, params: more = {}, body, headers = {}, who = team.owner }: Case) => {
  const before = await digestOf(team.app)
  const all = params({ projectId: team.projectId, taskId: first, ...more })
  const named = Object.entries(all).filter(([name]) => route.path.includes(`{${name}}`))
  const request = { params: Object.fromEntries(named), ...(body !== undefined && { body }), headers }
  const reply = await team.app.call(who, route, request)
  await team.app.drain()
  expect(await digestOf(team.app)).toBe(before)
  return reply
}

const holds = (rows: readonly Row[]) =>
  test.each(rows)('%s: %i at %s', async (_, status, pointer, sentence, make) => {
    const reply = await refuse(make())
    const [error] = reply.body.errors ?? []
    expect([reply.status, error?.pointer, error?.detail ?? reply.body.detail ?? reply.body.title]).toEqual([
      status,
      pointer,
      expect.stringMatching(sentence),
    ])
  })

const creating = (body: object) => () => ({ route: tasks.createTask, body: { title: 'T', ...body } })
const recurring = (rule: string, due: object = { date: '2026-12-01' }) =>
  creating({ due, recurrence: { rule } })
const editing = (body: object) => () => ({ route: tasks.editTask, body })
const previewing = (body: object) => () => ({ route: previewRecurrence, body })

describe('dates, zones and rules', () => {
  holds([
    [
      '29 February in a common year',
      400,
      '/due/date',
      /day that exists/,
      creating({ due: { date: '2027-02-29' } }),
    ],
    [
      'the same, by an edit',
      400,
      '/start/date',
      /day that exists/,
      editing({ start: { date: '2027-02-29' } }),
    ],
    [
      'a zone that does not exist',
      400,
      '/due/zone',
      /IANA time zone such as/,
      creating({ due: { dateTime: '2027-02-28T09:00', zone: 'Mars/Phobos' } }),
    ],
    [
      'an offset for a zone',
      400,
      '/due/zone',
      /IANA time zone/,
      editing({ due: { date: '2027-02-28', zone: '+01:00' } }),
    ],
    [
      'a bare instant',
      400,
      '/due',
      /\{date\} or \{dateTime, zone\}/,
      creating({ due: '2027-02-28T09:00:00Z' }),
    ],
    ['a year far away', 400, '/due/date', /1970 to 2199/, creating({ due: { date: '2200-01-01' } })],
    [
      'a rule that never fires',
      400,
      '/recurrence/rule',
      /at least one day/,
      creating({
        due: { date: '2026-12-01' },
        recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', monthEnd: 'skip' },
      }),
    ],
    ['a rule that has ended', 400, '/recurrence/rule', /UNTIL/, recurring('FREQ=DAILY;UNTIL=20200101')],
    ['a rule finer than a day', 400, '/recurrence/rule', /must|is not/, recurring('FREQ=HOURLY')],
    ['a rule that is none', 400, '/recurrence/rule', /recurrence rule such as|FREQ/, recurring('every day!')],
    [
      'a rule without a date',
      400,
      '/recurrence',
      /due date/,
      creating({ recurrence: { rule: 'FREQ=DAILY' } }),
    ],
    [
      'a day left out that does not exist',
      400,
      '/recurrence/exclude/0',
      /day that exists/,
      previewing({
        due: { date: '2026-12-01' },
        recurrence: { rule: 'FREQ=DAILY', exclude: ['2027-02-29'] },
      }),
    ],
    [
      'a rule all of whose days are left out',
      400,
      '/recurrence/exclude',
      /at least one/,
      previewing({
        due: { date: '2026-12-01' },
        recurrence: { rule: 'FREQ=DAILY;COUNT=1', exclude: ['2026-12-01'] },
      }),
    ],
    [
      'words that say no rule',
      400,
      '/phrase',
      /every other monday/,
      previewing({ due: { date: '2026-12-01' }, phrase: 'when pigs fly' }),
    ],
    ['neither rule nor words', 400, '/recurrence', /phrase/, previewing({ due: { date: '2026-12-01' } })],
  ])
})

describe('people, fields and what else a task names', () => {
  const valued = (type: string, value: unknown) => () => ({
    route: tasks.editTask,
    body: { customFields: { [fields[type] ?? '']: value } },
  })
  const wrong: Row[] = [
    ['text', 5, /text/],
    ['number', 'five', /number/],
    ['date', '2027-02-29', /day that exists/],
    ['date', 20270228, /date such as/],
    ['choice', 'Sea', /one of Road, Rail/],
    ['person', 'Ana', /member of this workspace/],
  ].map(([type, value, sentence]) => [
    `${type} that is ${value}`,
    400,
    expect.stringMatching('/customFields/fld_') as unknown as string,
    sentence as RegExp,
    valued(String(type), value),
  ])
  holds([
    ...wrong,
    [
      'a person of elsewhere as a value',
      400,
      expect.stringMatching('/customFields/fld_') as unknown as string,
      /member of this workspace/,
      () => valued('person', stranger.userId)(),
    ],
    [
      'an assignee of elsewhere',
      400,
      '/assigneeIds/0',
      /member of this workspace/,
      () => editing({ assigneeIds: [stranger.userId] })(),
    ],
    [
      'an assignee twice',
      400,
      '/assigneeIds',
      /not repeat/,
      () => editing({ assigneeIds: [member.userId, member.userId] })(),
    ],
    [
      'a watcher of elsewhere',
      400,
      '/watcherIds/0',
      /member of this workspace/,
      () => creating({ watcherIds: [stranger.userId] })(),
    ],
    [
      'metadata beyond 8 KB',
      400,
      '/metadata',
      /8192 bytes/,
      creating({ metadata: { a: 'x'.repeat(8_192) } }),
    ],
    ...['constructor', ''].map(
      (name): Row => [
        `metadata with a member named "${name}"`,
        400,
        '/metadata',
        /must not have a member named/,
        creating({ metadata: { a: { [name]: { name: 'Set' } } } }),
      ],
    ),
    [
      '101 items',
      400,
      '/checklist',
      /at most 100 items/,
      creating({ checklist: Array.from({ length: 101 }, () => ({ text: 'x' })) }),
    ],
    ['a negative estimate', 400, '/estimateMinutes', /at least 0/, creating({ estimateMinutes: -1 })],
    [
      'an item behind one of elsewhere',
      400,
      '/after',
      /item of this checklist/,
      () => ({ route: checklists.addChecklistItem, body: { text: 'x', after: randomId('checklistItem') } }),
    ],
    [
      'time of a person of elsewhere',
      400,
      '/userId',
      /member of this workspace/,
      () => ({ route: time.addTimeEntry, body: { minutes: 5, userId: stranger.userId } }),
    ],
    [
      'time of no minutes',
      400,
      '/minutes',
      /at least 1/,
      () => ({ route: time.addTimeEntry, body: { minutes: 0 } }),
    ],
    [
      'time to come',
      400,
      '/startedAt',
      /not lie in the future/,
      () => ({ route: time.addTimeEntry, body: { minutes: 5, startedAt: '2199-01-01T00:00:00Z' } }),
    ],
    [
      'time at no instant',
      400,
      '/startedAt',
      /instant in UTC such as/,
      () => ({ route: time.addTimeEntry, body: { minutes: 5, startedAt: 'yesterday' } }),
    ],
    [
      'a choice of nothing',
      400,
      '/options',
      /at least one/,
      () => ({ route: customFields.createCustomField, body: { name: 'Empty', type: 'choice' } }),
    ],
    [
      'two fields of one name',
      400,
      '/name',
      /differ/,
      () => ({ route: customFields.createCustomField, body: { name: 'TEXT', type: 'text' } }),
    ],
  ])
})

describe('the place among other tasks', () => {
  const under = (taskId: () => string | undefined, parentId: () => string | undefined) => () => ({
    route: structure.setTaskParent,
    params: { taskId: taskId() },
    body: { parentId: parentId() },
  })
  const placed = (body: () => object) => () => ({
    route: boards.positionTask,
    body: { projectId: team.projectId, after: null, before: null, ...body() },
  })
  holds([
    ['a ninth level, new', 400, '/parentId', /level/, () => creating({ parentId: chain[7] })()],
    [
      'a ninth level, by a move',
      400,
      '/parentId',
      /level/,
      under(
        () => first,
        () => chain[7],
      ),
    ],
    [
      'a task under itself',
      400,
      '/parentId',
      /itself|below/,
      under(
        () => first,
        () => first,
      ),
    ],
    [
      'a task under its own subtask',
      400,
      '/parentId',
      /itself|below/,
      under(
        () => chain[0],
        () => chain[3],
      ),
    ],
    [
      'a task under one in the trash',
      400,
      '/parentId',
      /task of this workspace/,
      under(
        () => first,
        () => trashed,
      ),
    ],
    [
      'a circle of tasks that wait',
      400,
      '/taskId',
      /circle|wait/,
      () => ({
        route: structure.linkTask,
        params: { taskId: third, otherTaskId: first },
        body: { kind: 'blocks' },
      }),
    ],
    [
      'a link to itself',
      400,
      expect.stringMatching('/') as unknown as string,
      /another|itself/,
      () => ({
        route: structure.linkTask,
        params: { taskId: first, otherTaskId: first },
        body: { kind: 'relatesTo' },
      }),
    ],
    [
      'a rank out of range',
      400,
      '/before',
      /out of range: must stand behind/,
      placed(() => ({ after: second, before: chain[0] })),
    ],
    [
      'a column of elsewhere',
      400,
      '/columnId',
      /column of the project/,
      placed(() => ({ columnId: randomId('column') })),
    ],
    [
      'a project of elsewhere',
      400,
      '/projectId',
      /project/,
      () => ({ route: boards.moveTask, body: { projectId: randomId('project') } }),
    ],
    ['out of its own project', 409, undefined, /project/, () => ({ route: boards.removeTaskProject })],
  ])
})

describe('life, many at once and templates', () => {
  const batch = (operations: () => object[]) => () => ({
    route: jobs.batchTasks,
    body: { operations: operations() },
  })
  const template =
    (tasks: () => object[], more = {}) =>
    () => ({
      route: templates.createTemplate,
      body: { kind: 'project', name: 'N', tasks: tasks(), ...more },
    })
  holds([
    [
      'a purge of what is not in the trash',
      409,
      undefined,
      /trash/,
      () => ({ route: life.purgeTask, body: {} }),
    ],
    [
      'an undo of a version to come',
      400,
      '/version',
      /./,
      () => ({ route: life.undoChange, body: { version: 99 } }),
    ],
    [
      'a batch with one task twice',
      400,
      '/operations/1/taskId',
      /operation 0 again/,
      batch(() => [
        { taskId: first, action: 'trash' },
        { taskId: first, action: 'complete' },
      ]),
    ],
    [
      'a batch whose last is not there',
      404,
      '/operations/1/taskId',
      /must name a task/,
      batch(() => [
        { taskId: first, action: 'trash' },
        { taskId: randomId('task'), action: 'trash' },
      ]),
    ],
    [
      'a batch of what is not one’s own',
      403,
      '/operations/0',
      /./,
      () => ({ ...batch(() => [{ taskId: first, action: 'trash' }])(), who: member }),
    ],
    [
      'a patch and an action',
      400,
      '/operations/0',
      /either a patch or an action/,
      batch(() => [{ taskId: first, action: 'trash', patch: {} }]),
    ],
    [
      'a batch with a day that is none',
      400,
      '/operations/0/patch/due/date',
      /day that exists/,
      batch(() => [{ taskId: first, patch: { due: { date: '2027-02-29' } } }]),
    ],
    [
      'a job about one task twice',
      400,
      '/taskIds',
      /not repeat/,
      () => ({ route: jobs.createJob, body: { action: { kind: 'trash' }, taskIds: [first, first] } }),
    ],
    [
      'a job that does nothing known',
      400,
      '/action/kind',
      /one of|kind: edit/,
      () => ({ route: jobs.createJob, body: { action: { kind: 'burn' }, taskIds: [first] } }),
    ],
    [
      'all tasks, and another name',
      400,
      '/confirm',
      /letter for letter/,
      () => ({ route: jobs.deleteAllTasks, body: { confirm: 'acme' } }),
    ],
    [
      'a template with fields of elsewhere',
      400,
      expect.stringMatching('/tasks/0/customFields/') as unknown as string,
      /custom field/,
      template(() => [{ title: 'T', customFields: { [randomId('customField')]: 'x' } }]),
    ],
    [
      'a template that names too much',
      400,
      '/tasks',
      /at most 200/,
      template(() =>
        Array.from({ length: 5 }, () => ({
          title: 'T',
          assigneeIds: Array.from({ length: 50 }, () => randomId('user')),
        })),
      ),
    ],
    [
      'a template of a task in the trash',
      400,
      '/fromTaskId',
      /task of this workspace/,
      () => ({ route: templates.createTemplate, body: { name: 'N', fromTaskId: trashed } }),
    ],
    [
      'a template below a later task',
      400,
      '/tasks/0/parent',
      /before/,
      template(() => [{ title: 'T', parent: 1 }, { title: 'U' }]),
    ],
    [
      'a line with words of nobody',
      400,
      expect.stringMatching('/') as unknown as string,
      /./,
      () => ({ route: quickAdd, body: { text: 'Call @nobodyatall' } }),
    ],
  ])
})

describe('files', () => {
  const offer = (body: object) => () => ({
    route: attachments.offerAttachment,
    body: { name: 'a.png', mediaType: 'image/png', size: 10, ...body },
  })
  holds([
    ['a file of nothing', 400, '/size', /at least 1/, offer({ size: 0 })],
    ['a file beyond 50 MB', 400, '/size', /at most/, offer({ size: 60_000_000 })],
    ['a type that is none', 400, '/mediaType', /must look like image\/png/, offer({ mediaType: 'png' })],
  ])

  test.each([
    ['size', { size: 11, mediaType: 'image/png' }],
    ['type', { size: 10, mediaType: 'text/html' }],
  ])('an upload that lies about its %s is not attached', async (_, uploaded) => {
    const { body } = await done(
      attachments.offerAttachment,
      { taskId: first },
      { name: 'a.png', mediaType: 'image/png', size: 10 },
    )
    const address = {
      workspaceId: team.workspaceId,
      taskId: String(first),
      attachmentId: String(body.attachmentId),
    }
    team.app.files.arrive(address, uploaded)
    const refused = await refuse({
      route: attachments.completeAttachment,
      params: address,
      body: { ticket: body.ticket },
    })
    expect([refused.status, refused.body.type]).toEqual([422, 'urn:duely:problem:upload-mismatch'])
    expect(team.app.files.held(address)).toBeUndefined()
  })
})

test('what is not refused is seen by the digest', async () => {
  const before = await digestOf(team.app)
  await done(tasks.editTask, { taskId: second }, { priority: 'low' })
  expect(await digestOf(team.app)).not.toBe(before)
})
