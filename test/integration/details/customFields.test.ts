import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import * as fields from '../../../shared/api/routes/customFields.ts'
import { createProject, editProject, getProject } from '../../../shared/api/routes/projects.ts'
import { editTask, listAssignedTasks, listProjectTasks } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { customFieldKey } from '../../../shared/data/keys.ts'
import { idOf, userOf } from '../../unit/domain/support/builders.ts'
import { type DetailTeam, ifMatch, startDetailTeam } from './detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const send = (route: RouteDeclaration, params: object, body?: unknown, headers = {}, who = team.owner) =>
  team.app.call(who, route, {
    params: { workspaceId: team.workspaceId, ...params },
    ...(body !== undefined && { body }),
    headers,
  })
const declare = (projectId: string, body: unknown, headers = {}) =>
  send(fields.createCustomField, { projectId }, body, headers)
const read = async (projectId: string) => (await send(getProject, { projectId })).body
const patch = (taskId: string, customFields: unknown) => send(editTask, { taskId }, { customFields })

let keys = 0
/** A project with a field of each type, and their ids by type. */
const shaped = async () => {
  const projectId = await team.addProject(`S${++keys}`)
  const ids: Record<string, string> = {}
  for (const type of ['text', 'number', 'date', 'choice', 'person']) {
    const options = type === 'choice' ? ['Road', 'Rail'] : []
    const { body } = await declare(projectId, { name: `The ${type}`, type, options })
    ids[type] = body.customFields.at(-1).id
  }
  return { projectId, ids }
}
const make = async (projectId: string, customFields: object = {}) => {
  const { status, body } = await team.create({ title: 'T', customFields }, projectId)
  expect([status, body.errors]).toEqual([201, undefined])
  return body
}

/** Another workspace in the same table, with a project. */
const otherTeam = async ({ app }: DetailTeam) => {
  const owner = await app.person('Otto Other')
  const workspace = await app.call(owner, createWorkspace, { body: { name: 'Other', zone: 'UTC' } })
  const workspaceId: string = workspace.body.id
  const project = await app.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'Theirs', key: 'THEIR' },
  })
  return { owner, params: { workspaceId, projectId: String(project.body.id) } }
}

/** A field of another workspace. */
const foreignField = async (): Promise<string> => {
  const other = await otherTeam(team)
  const made = await team.app.call(other.owner, fields.createCustomField, {
    params: other.params,
    body: { name: 'Abroad', type: 'text' },
  })
  return made.body.customFields[0].id
}

describe('a custom field', () => {
  test('is declared, edited and deleted, in the project and in an item of its own', async () => {
    const projectId = await team.addProject('DECL')
    const made = await declare(projectId, { name: ' Carrier ', type: 'choice', options: ['Road', 'Rail'] })
    expect([made.status, made.headers.etag]).toEqual([201, '"2"'])
    const [field] = made.body.customFields
    expect(field).toEqual({
      id: expect.stringMatching(/^fld_/),
      name: 'Carrier',
      type: 'choice',
      options: ['Road', 'Rail'],
      required: false,
    })
    const params = { projectId, fieldId: field.id }
    const edited = await send(
      fields.editCustomField,
      params,
      { options: ['Sea'], required: true },
      ifMatch(2),
    )
    expect(edited.body.customFields).toEqual([{ ...field, options: ['Sea'], required: true }])
    expect(await read(projectId)).toEqual(edited.body)
    const stored = () => team.app.table.get(customFieldKey(team.workspaceId, field.id))
    expect(await stored()).toMatchObject({ projectId, options: ['Sea'], type: 'choice', required: true })
    expect((await send(fields.editCustomField, params, { name: 'X' }, ifMatch(2))).status).toBe(412)
    expect((await send(fields.deleteCustomField, params)).status).toBe(204)
    expect((await read(projectId)).customFields).toEqual([])
    expect(await stored()).toBeUndefined()
    expect((await send(fields.deleteCustomField, params)).status).toBe(404)
    expect((await send(fields.editCustomField, params, { name: 'X' })).status).toBe(404)
  })

  test('is declared once for one key, whatever happens to the project in between', async () => {
    const projectId = await team.addProject('ONCE')
    const key = { 'Idempotency-Key': 'field-1' }
    const body = { name: 'Weight', type: 'number' }
    const replies = await Promise.all(Array.from({ length: 10 }, () => declare(projectId, body, key)))
    expect(new Set(replies.map((reply) => JSON.stringify([reply.status, reply.body]))).size).toBe(1)
    await declare(projectId, { name: 'Height', type: 'number' })
    expect(await declare(projectId, body, key)).toMatchObject({ status: 201, body: replies[0]?.body })
    expect(await declare(projectId, { ...body, name: 'Other' }, key)).toMatchObject({ status: 422 })
    expect((await read(projectId)).customFields).toHaveLength(2)
  })

  test('stays when others are declared at the same time', async () => {
    const projectId = await team.addProject('MANY')
    const names = Array.from({ length: 8 }, (_, n) => `Field ${n}`)
    await Promise.all(names.map((name) => declare(projectId, { name, type: 'text' })))
    const { customFields } = await read(projectId)
    expect(customFields.map(({ name }: { name: string }) => name).sort()).toEqual(names)
    for (const { id } of customFields) {
      expect(await team.app.table.get(customFieldKey(team.workspaceId, id))).toMatchObject({ projectId })
    }
  })

  test.each([
    ['no name', { name: '', type: 'text' }, '/name'],
    ['a name of 51 characters', { name: 'x'.repeat(51), type: 'text' }, '/name'],
    ['the name of another, in capitals', { name: 'TAKEN', type: 'text' }, '/name'],
    ['a strange type', { name: 'New', type: 'colour' }, '/type'],
    ['a choice of nothing', { name: 'New', type: 'choice' }, '/options'],
    ['the same option twice', { name: 'New', type: 'choice', options: ['a', 'a'] }, '/options'],
    ['options of a number', { name: 'New', type: 'number', options: ['a'] }, '/options'],
    [
      '51 options',
      { name: 'New', type: 'choice', options: Array.from({ length: 51 }, (_, n) => `${n}`) },
      '/options',
    ],
  ])('with %s is refused, without effect', async (_what, body, pointer) => {
    const projectId = await team.addProject(`B${++keys}`)
    await declare(projectId, { name: 'Taken', type: 'text' })
    const refused = await declare(projectId, body)
    expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([400, pointer])
    expect((await read(projectId)).version).toBe(2)
  })

  test('keeps its type, and a name of its own', async () => {
    const { projectId, ids } = await shaped()
    const params = { projectId, fieldId: ids.text }
    for (const [body, pointer] of [
      [{ type: 'number' }, '/type'],
      [{ name: 'The number' }, '/name'],
      [{ options: ['a'] }, '/options'],
    ] as const) {
      const refused = await send(fields.editCustomField, params, body)
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer])
    }
    expect((await send(fields.editCustomField, params, { name: 'the TEXT' })).status).toBe(200)
  })

  test('is one of fifty, and its options are among five hundred', async () => {
    const projectId = await team.addProject('FULL')
    const options = Array.from({ length: 50 }, (_, n) => `Option ${n}`)
    for (let n = 0; n < 50; n++) {
      const body = n < 10 ? { name: `F${n}`, type: 'choice', options } : { name: `F${n}`, type: 'text' }
      if (n === 11) {
        const over = await declare(projectId, { name: 'Over', type: 'choice', options: ['one'] })
        expect(over).toMatchObject({ status: 409 })
      }
      expect((await declare(projectId, body)).status).toBe(201)
    }
    expect(await declare(projectId, { name: 'Over', type: 'text' })).toMatchObject({ status: 409 })
  })

  test('is declared by those who may edit the project, and by nobody else', async () => {
    const [member, guest] = [await team.colleague('member'), await team.colleague('guest')]
    const body = { name: 'Mine', type: 'text' }
    const by = (who: typeof member) =>
      send(fields.createCustomField, { projectId: team.projectId }, body, {}, who)
    expect([(await by(member)).status, (await by(guest)).status]).toEqual([403, 404])
  })
})

describe('values of custom fields', () => {
  const right = () => ({
    text: 'Ünïcode',
    number: 1.5,
    date: '2028-02-29',
    choice: 'Rail',
    person: team.owner.userId,
  })
  const wrong: [string, string, unknown, RegExp][] = [
    ['a number', 'text', 5, /must be text/],
    ['text', 'number', '5', /must be a number/],
    ['a number', 'date', 20_280_229, /must be a date such as/],
    ['words', 'date', 'tomorrow', /must be a date such as/],
    ['29 February in a common year', 'date', '2027-02-29', /must be a day that exists/],
    ['no option', 'choice', 'rail', /must be one of Road, Rail/],
    ['a number', 'choice', 1, /must be one of Road, Rail/],
    ['a stranger', 'person', userOf('stranger'), /must be a member of this workspace/],
    ['a name', 'person', 'Ana', /must be a member of this workspace/],
  ]

  test('are created, edited and cleared one by one', async () => {
    const { projectId, ids } = await shaped()
    const given = Object.fromEntries(Object.entries(right()).map(([type, value]) => [ids[type], value]))
    const task = await make(projectId, given)
    expect(task.customFields).toEqual(given)
    const edited = await patch(task.id, { [ids.number ?? '']: 0, [ids.text ?? '']: null })
    const { [ids.text ?? '']: _, ...rest } = given
    expect(edited.body.customFields).toEqual({ ...rest, [ids.number ?? '']: 0 })
    const same = await patch(task.id, { [ids.text ?? '']: null })
    expect(same.body.version).toBe(edited.body.version)
  })

  test.each(wrong)('refuse %s as %s, without effect', async (_what, type, value, sentence) => {
    const { projectId, ids } = await shaped()
    const customFields = { [ids[type] ?? '']: value }
    const { id } = await make(projectId)
    for (const refused of [
      await team.create({ title: 'T', customFields }, projectId),
      await patch(id, customFields),
    ]) {
      expect(refused.status).toBe(400)
      expect(refused.body.errors).toEqual([
        { pointer: `/customFields/${ids[type]}`, detail: expect.stringMatching(sentence) },
      ])
    }
    expect(await team.read(id)).toMatchObject({ version: 1, customFields: {} })
  })

  test('are of fields of the task’s projects: unknown and foreign ones are refused alike', async () => {
    const [here, there] = [await shaped(), await shaped()]
    const { id } = await make(here.projectId)
    const abroad = await foreignField()
    const details = []
    for (const fieldId of [there.ids.text, idOf('customField', 'none'), abroad]) {
      const customFields = { [fieldId ?? '']: 'x' }
      for (const refused of [
        await team.create({ title: 'T', customFields }, here.projectId),
        await patch(id, customFields),
      ]) {
        expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, `/customFields/${fieldId}`])
        details.push(refused.body.errors[0].detail)
      }
    }
    expect(new Set(details)).toEqual(new Set(["must be a field of one of the task's projects"]))
  })

  test('stay when their option, their person or their field is gone, and may be cleared', async () => {
    const { projectId, ids } = await shaped()
    const [choice = '', text = ''] = [ids.choice, ids.text]
    const { id } = await make(projectId, { [choice]: 'Rail', [text]: 'x' })
    await send(fields.editCustomField, { projectId, fieldId: choice }, { options: ['Road'] })
    await send(fields.deleteCustomField, { projectId, fieldId: text })
    expect((await team.read(id)).customFields).toEqual({ [choice]: 'Rail', [text]: 'x' })
    expect((await patch(id, { [choice]: 'Rail', [text]: 'x' })).status).toBe(200)
    expect((await patch(id, { [text]: 'y' })).status).toBe(400)
    expect((await patch(id, { [choice]: null, [text]: null })).body.customFields).toEqual({})
    expect((await patch(id, { [choice]: 'Rail' })).status).toBe(400)
  })

  test('that a project requires are there from the beginning and stay', async () => {
    const projectId = await team.addProject('NEED')
    const older = await make(projectId)
    const { body } = await declare(projectId, { name: 'Cost centre', type: 'number', required: true })
    const fieldId = body.customFields[0].id
    const refused = await team.create({ title: 'T' }, projectId)
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, `/customFields/${fieldId}`])
    const { id } = await make(projectId, { [fieldId]: 7 })
    expect((await patch(id, { [fieldId]: null })).body.errors[0].pointer).toBe(`/customFields/${fieldId}`)
    expect((await patch(id, { [fieldId]: 8 })).status).toBe(200)
    expect((await send(editTask, { taskId: older.id }, { title: 'Without still' })).status).toBe(200)
  })
})

describe('a list by custom fields', () => {
  const list = (projectId: string, query: Record<string, string>) =>
    team.app.call(team.owner, listProjectTasks, {
      params: { workspaceId: team.workspaceId, projectId },
      query,
    })

  test('has the tasks with these values, page by page', async () => {
    const { projectId, ids } = await shaped()
    const values = ['Road', 'Rail', undefined]
    for (let n = 0; n < 12; n++) {
      const [choice, number] = [values[n % 3], n % 2]
      await make(projectId, {
        ...(choice !== undefined && { [ids.choice ?? '']: choice }),
        [ids.number ?? '']: number,
      })
    }
    const all = (await list(projectId, { limit: '100' })).body.items
    const expected = (test: (of: Record<string, unknown>) => boolean) =>
      all.filter(({ customFields }: { customFields: Record<string, unknown> }) => test(customFields))
    const [choice = '', number = ''] = [ids.choice, ids.number]
    const rail = await list(projectId, { customField: `${choice}:Rail` })
    expect(rail.body.items).toEqual(expected((of) => of[choice] === 'Rail'))
    expect(rail.body.items).toHaveLength(4)
    const none = await list(projectId, { customField: `${choice}:` })
    expect(none.body.items).toEqual(expected((of) => of[choice] === undefined))
    const both = { customField: `${choice}:Road,${number}:1`, limit: '1', sort: 'updated', direction: 'desc' }
    const first = await list(projectId, both)
    expect(first.body.items).toHaveLength(1)
    const cursor = new URL(first.body.next, 'http://any').searchParams.get('cursor') ?? ''
    const second = await list(projectId, { ...both, cursor })
    const found = [...first.body.items, ...second.body.items]
    expect(found).toEqual(expected((of) => of[choice] === 'Road' && of[number] === 1).reverse())
    const other = { ...both, customField: `${choice}:Rail`, cursor }
    expect((await list(projectId, other)).body.type).toBe('urn:duely:problem:invalid-cursor')
  })

  test('refuses fields of other projects, and values that a field cannot have', async () => {
    const [here, there] = [await shaped(), await shaped()]
    for (const customField of [
      `${there.ids.text}:x`,
      `${idOf('customField', 'none')}:x`,
      `${here.ids.number}:heavy`,
      'Rail',
      '',
    ]) {
      const refused = await list(here.projectId, { customField })
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, '?customField'])
    }
    const assigned = { params: { workspaceId: team.workspaceId, userId: '@me' } }
    const refused = await team.app.call(team.owner, listAssignedTasks, {
      ...assigned,
      query: { customField: `${here.ids.text}:x` },
    })
    expect(refused.status).toBe(400)
  })
})

describe('columns of the board', () => {
  const board = async () => {
    const projectId = await team.addProject(`C${++keys}`)
    return {
      projectId,
      columns: (await read(projectId)).columns as { id: string; name: string; status: string }[],
    }
  }
  const set = (projectId: string, columns: unknown, headers = {}) =>
    send(editProject, { projectId }, { columns }, headers)

  test('are one for each status until somebody arranges them', async () => {
    const { columns } = await board()
    expect(columns.map(({ name, status }) => [name, status])).toEqual([
      ['Open', 'open'],
      ['In progress', 'in_progress'],
      ['Blocked', 'blocked'],
      ['Done', 'done'],
      ['Cancelled', 'cancelled'],
    ])
  })

  test('are renamed, reordered, added and taken out as a whole; ids stay', async () => {
    const { projectId, columns } = await board()
    const [open, doing, ...rest] = columns
    const wanted = [doing, { name: 'Review', status: 'in_progress' }, { ...open, name: 'Backlog' }, ...rest]
    const edited = await set(projectId, wanted, ifMatch(1))
    expect([edited.status, edited.headers.etag]).toEqual([200, '"2"'])
    const now = edited.body.columns
    expect(now).toEqual([doing, { ...wanted[1], id: expect.stringMatching(/^col_/) }, wanted[2], ...rest])
    expect((await set(projectId, now)).body.version).toBe(2)
    expect((await set(projectId, now, ifMatch(1))).status).toBe(412)
    const without = now.filter(({ id }: { id: string }) => id !== doing?.id)
    expect((await set(projectId, without)).body.columns).toEqual(without)
  })

  test('of a bad list are refused, without effect', async () => {
    const { projectId, columns } = await board()
    const other = await board()
    const [first, ...rest] = columns
    for (const [wanted, pointer] of [
      [rest, '/columns'],
      [[], '/columns'],
      [[...columns, { name: '', status: 'open' }], '/columns/5/name'],
      [[...columns, { name: 'x'.repeat(51), status: 'open' }], '/columns/5/name'],
      [[...columns, { name: 'x', status: 'waiting' }], '/columns/5/status'],
      [[...columns, first], '/columns/5/id'],
      [[...columns, other.columns[0]], '/columns/5/id'],
      [[...rest, { ...first, status: 'done' }, { name: 'x', status: 'open' }], '/columns/4/status'],
      [[...columns, ...Array(46).fill({ name: 'x', status: 'open' })], '/columns'],
    ] as const) {
      const refused = await set(projectId, wanted)
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer])
    }
    expect((await read(projectId)).version).toBe(1)
  })
})
