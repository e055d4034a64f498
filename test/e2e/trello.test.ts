import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, inject, test } from 'vitest'
import { parseBoard } from '../../local/trello/board.ts'
import { type ImportReport, importBoard } from '../../local/trello/importBoard.ts'
import { listMembers } from '../../shared/api/routes/members.ts'
import { getProject, getProjectStatistics } from '../../shared/api/routes/projects.ts'
import { getTask, listProjectTasks } from '../../shared/api/routes/tasks.ts'
import { priorities, statuses, type TaskReply, type TaskRow } from '../../shared/api/schemas/task.ts'
import { codeMailedTo, mailsLike, newPerson, type Person } from '../support/e2e/people.ts'
import { onlyLocally, requires } from '../support/e2e/requires.ts'
import { soon } from '../support/e2e/team.ts'
import { boardFile, readBoard, smallBoard } from '../support/e2e/trello.ts'

const board = readBoard(boardFile)
/** Addresses of this run alone, under the domain that RFC 2606 reserves. */
const domain = `${randomUUID()}.example.com`
const addressOf = (username: string): string => `${username.replaceAll('.', '-')}@${domain}`

let owner: Person
let report: ImportReport
let rows: TaskRow[]
/** Tasks by the ids of their cards. */
let tasks: Map<string, TaskReply>

const runImport = () =>
  importBoard(parseBoard(readFileSync(boardFile, 'utf8')), {
    baseUrl: inject('target').baseUrl,
    codeFor: (address) => codeMailedTo(address),
    login: owner,
    domain,
    password: 'an imported member password',
    dueInMinutes: 60,
    remindInMinutes: 0.5,
    zone: 'America/New_York',
    say: () => undefined,
  })

async function wholeList(): Promise<TaskRow[]> {
  const { workspaceId, projectId } = report
  const all: TaskRow[] = []
  let query: Record<string, string> | undefined = { limit: '100' }
  while (query !== undefined) {
    const page: { items: TaskRow[]; next?: string | undefined } = (
      await owner.api.ok(listProjectTasks, { params: { workspaceId, projectId }, query })
    ).body
    all.push(...page.items)
    query =
      page.next === undefined
        ? undefined
        : Object.fromEntries(new URL(page.next, inject('target').baseUrl).searchParams)
  }
  return all
}

beforeAll(async () => {
  owner = await newPerson('Imports')
  report = await runImport()
  rows = await soon(async () => {
    const all = await wholeList()
    expect(all).toHaveLength(board.cards.length)
    return all
  })
  const { workspaceId } = report
  tasks = new Map()
  for (const [cardId, taskId] of report.taskIds) {
    tasks.set(cardId, (await owner.api.ok(getTask, { params: { workspaceId, taskId } })).body)
  }
}, 120_000)

const taskOf = (cardId: string): TaskReply => {
  const task = tasks.get(cardId)
  if (task === undefined) throw new Error(`The card ${cardId} became no task`)
  return task
}
const isListTag = (tag: string): boolean => tag.startsWith('list:')

test('each card is one task, with its title and text', () => {
  expect([...tasks.keys()].sort()).toEqual(board.cards.map(({ id }) => id).sort())
  expect(new Set([...tasks.values()].map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)))
  for (const { id, name, desc } of board.cards) {
    expect(taskOf(id).title).toBe(name.trim())
    expect(taskOf(id).description.startsWith(desc.trim())).toBe(true)
  }
})

test('no list is lost: as many list tags as lists with cards, each on its cards, and all are named in the project', async () => {
  const { workspaceId, projectId } = report
  const { body } = await owner.api.ok(getProject, { params: { workspaceId, projectId } })
  for (const { name } of board.lists) expect(body.description).toContain(name)
  const cardsOf = (listId: string) => board.cards.filter(({ idList }) => idList === listId)
  const filled = board.lists.filter(({ id }) => cardsOf(id).length > 0)
  const tags = filled.map(({ id }) => {
    const own = cardsOf(id).map((card) => taskOf(card.id).tags.filter(isListTag))
    expect(own.every((found) => found.length === 1)).toBe(true)
    expect(new Set(own.flat()).size).toBe(1)
    return own[0]?.[0]
  })
  expect(new Set(tags).size).toBe(filled.length)
  for (const [index, { name }] of filled.entries()) expect(tags[index]).toContain(`list:${name}`)
})

test('labels are tags, those without a name by their colour', () => {
  for (const { id, idLabels } of board.cards) {
    const labels = idLabels.map((labelId) => board.labels.find((label) => label.id === labelId))
    const expected = labels.map((label) => (label?.name || label?.color || '').slice(0, 40))
    const tags = taskOf(id).tags.filter((tag) => !isListTag(tag))
    expect(tags.map((tag) => tag.slice(0, 40)).sort()).toEqual(expected.sort())
  }
})

test('members are members, and assigned as they were', async () => {
  const { workspaceId } = report
  const { items } = (await owner.api.ok(listMembers, { params: { workspaceId } })).body
  expect(items).toHaveLength(board.members.length + 1)
  for (const { id, idMembers } of board.cards) expect(taskOf(id).assigneeIds).toHaveLength(idMembers.length)
  const assigned = (userId: string) => rows.filter(({ assigneeIds }) => assigneeIds.includes(userId)).length
  const counts = items.map(({ userId }) => assigned(userId)).sort()
  const wanted = board.members.map(
    ({ id }) => board.cards.filter(({ idMembers }) => idMembers.includes(id)).length,
  )
  expect(counts).toEqual([...wanted, 0].sort())
})

test('comments stand in the description, oldest first, each with its author', () => {
  const comments = board.actions.filter(({ type }) => type === 'commentCard')
  expect(comments.length).toBeGreaterThan(0)
  for (const { id } of board.cards) {
    const own = comments
      .filter(({ data }) => data.card?.id === id)
      .sort((a, b) => Date.parse(a.date) - Date.parse(b.date))
    let rest = taskOf(id).description
    for (const { memberCreator, data } of own) {
      const parts = [memberCreator.fullName, (data.text ?? '').trim()]
      for (const part of parts) {
        expect(rest).toContain(part)
        rest = rest.slice(rest.indexOf(part) + part.length)
      }
    }
  }
})

test('archived cards are closed, and nothing else is that Trello does not say is', () => {
  const done = /^\W*done\W*$/iu
  const cancelled = board.cards.filter(({ closed, dueComplete, idList }) => {
    const list = board.lists.find(({ id }) => id === idList)
    return (closed || list?.closed) && !dueComplete && !done.test(list?.name ?? '')
  })
  const byStatus = (status: string) => rows.filter((row) => row.status === status).map(({ id }) => id)
  expect(byStatus('cancelled').sort()).toEqual(cancelled.map(({ id }) => taskOf(id).id).sort())
})

test('statistics equal a count over the list', async () => {
  const { workspaceId, projectId } = report
  const count = (names: readonly string[], of: (row: TaskRow) => string) =>
    Object.fromEntries(names.map((name) => [name, rows.filter((row) => of(row) === name).length]))
  await soon(async () => {
    const { body } = await owner.api.ok(getProjectStatistics, { params: { workspaceId, projectId } })
    expect(body).toEqual({
      total: board.cards.length,
      byStatus: count(statuses, ({ status }) => status),
      byPriority: count(priorities, ({ priority }) => priority),
    })
  })
})

requires('schedule-rate')(
  'what was due is due in an hour, and its reminders arrive',
  async () => {
    const due = board.cards.filter((card) => card.due !== null)
    expect(
      rows
        .filter((row) => row.due !== null)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(due.map(({ id }) => taskOf(id).id).sort())
    expect(report.scheduled).toBe(due.length)
    const open = due
      .map(({ id }) => ({ task: taskOf(id), card: id }))
      .filter(({ task }) => task.status !== 'done')
    expect(open.length).toBeGreaterThan(0)
    for (const { task, card } of open) {
      const { idMembers = [] } = board.cards.find(({ id }) => id === card) ?? {}
      const names = board.members.filter(({ id }) => idMembers.includes(id)).map(({ username }) => username)
      const addresses = names.length > 0 ? names.map(addressOf) : [owner.email]
      for (const address of addresses) {
        const mails = await mailsLike(address, new RegExp(`^Reminder: .*\\(${task.key}\\)$`), {
          withinMs: 110_000,
        })
        expect(mails).toHaveLength(1)
      }
    }
  },
  150_000,
)

test('repeating the import makes nothing twice', async () => {
  const again = await runImport()
  expect({ made: again.made, kept: again.kept, scheduled: again.scheduled }).toEqual({
    made: 0,
    kept: board.cards.length,
    scheduled: 0,
  })
  expect([again.workspaceId, again.projectId]).toEqual([report.workspaceId, report.projectId])
  expect([...again.taskIds]).toEqual([...report.taskIds])
  expect(await wholeList()).toHaveLength(board.cards.length)
})

const script = join(import.meta.dirname, '../../local/trello/import.ts')
async function runScript(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args])
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { output, errors, code: child.exitCode }
}

onlyLocally('the script signs an owner up, reads codes from the inbox, and says what it made', async () => {
  const { baseUrl } = inject('target')
  const small = readBoard(smallBoard)
  const args = [smallBoard, '--base-url', baseUrl, '--domain', `${randomUUID()}.example.com`]
  const first = await runScript(...args)
  expect(first).toMatchObject({ code: 0, errors: '' })
  expect(first.output).toContain(`${small.lists.length}  lists`)
  expect(first.output).toContain(`${small.cards.length}  cards: ${small.cards.length} tasks made`)
  expect(first.output).toContain(`${small.members.length}  members`)
  const second = await runScript(...args)
  expect(second.output).toContain(`0 tasks made, ${small.cards.length} were there already`)
})

test('the script refuses a file that is no board, and an address where nothing answers, in plain words', async () => {
  const wrong = await runScript(join(import.meta.dirname, '../../package.json'))
  expect(wrong.code).toBe(1)
  expect(wrong.errors).toMatch(/no board export of Trello/)
  const nobody = await runScript(smallBoard, '--base-url', 'http://127.0.0.1:1')
  expect(nobody.code).toBe(1)
  expect(nobody.errors).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:1 .*npm start\n$/)
})
