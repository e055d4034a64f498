import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { verifyHistory } from '../../../shared/api/routes/audit.ts'
import { createComment, editComment } from '../../../shared/api/routes/comments.ts'
import { editTask, listTaskHistory, verifyTaskHistory } from '../../../shared/api/routes/tasks.ts'
import { commentEventKey, eventKey, historyKey, type Key, sequenceKey } from '../../../shared/data/keys.ts'
import type { Item } from '../../../shared/data/tablePort.ts'
import { numbered } from '../../../shared/domain/audit/chain.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let taskId: string

/** Twelve edits with three comments among them. */
const storyOf = async (length = 12): Promise<void> => {
  const params = () => ({ workspaceId: team.workspaceId, taskId })
  for (let n = 0; n < length; n++) {
    await team.app.call(team.owner, editTask, { params: params(), body: { title: `Title ${n}` } })
    if (n % 4 === 0) {
      const made = await team.app.call(team.owner, createComment, {
        params: params(),
        body: { body: `${n}` },
      })
      const ofComment = { ...params(), commentId: made.body.id }
      await team.app.call(team.owner, editComment, { params: ofComment, body: { body: `${n}.` } })
    }
    await team.app.drain()
  }
}

beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

interface Verdict {
  readonly valid: boolean
  readonly checked: number
  readonly brokenAt?: number
  readonly behind?: number
}

/** All calls up to the last, or to the first that finds something. */
const verify = async (route: RouteDeclaration, params: Record<string, string>): Promise<Verdict> => {
  let query: Record<string, string> = {}
  let checked = 0
  let behind: number | undefined
  for (;;) {
    const { status, body } = await team.app.call(team.owner, route, { params, query })
    expect(status).toBe(200)
    checked += body.checked
    behind ??= body.behind
    if (!body.valid || body.next === undefined) return { ...body, checked, behind }
    query = Object.fromEntries(new URL(body.next, 'https://duely.test').searchParams)
  }
}
const whole = () => verify(verifyHistory, { workspaceId: team.workspaceId })
const ofTask = () => verify(verifyTaskHistory, { workspaceId: team.workspaceId, taskId })

const item = async (key: Key): Promise<Item> => (await team.app.table.get(key)) as Item
const head = async (): Promise<number> => Number((await item(sequenceKey(team.workspaceId))).sequence)
const logged = (sequence: number): Key => eventKey(team.workspaceId, sequence)

/** Does something to the table, sees what it brings, and puts everything back. */
const seeing = async (
  keys: readonly Key[],
  act: (items: Item[]) => Promise<unknown>,
  look: () => Promise<Verdict>,
): Promise<Verdict> => {
  const before = await Promise.all(keys.map((key) => team.app.table.get(key)))
  await act(before as Item[])
  const verdict = await look()
  for (const [n, key] of keys.entries()) {
    const was = before[n]
    if (was === undefined) await team.app.table.delete(key, { present: true })
    else await team.app.table.put(was)
  }
  expect((await look()).valid).toBe(true)
  return verdict
}
const { put, drop } = {
  put: (one: Item) => team.app.table.put(one),
  drop: ({ PK, SK }: Key) => team.app.table.delete({ PK, SK }, { present: true }),
}

/** By nobody, with a hash that fits. */
const rewritten = ({ PK, SK, itemType, hash: _, sequence, previousHash, ...draft }: Item): Item => {
  const before = { sequence: Number(sequence) - 1, hash: previousHash, orderedAt: '' }
  const { events } = numbered(before as never, [{ ...draft, by: null } as never])
  return { ...events[0], PK, SK, itemType } as never
}

describe('the whole log of a workspace', () => {
  beforeAll(async () => {
    taskId = await team.addTask()
    await storyOf()
  })

  test('is as it was written, from the first event to the last, by several calls', async () => {
    const last = await head()
    expect(await whole()).toMatchObject({ valid: true, checked: last })
    expect(last).toBeGreaterThan(18)
  })

  test.each([
    ['a title', (one: Item) => ({ ...one, changes: [{ field: 'title', from: 'a', to: 'b' }] })],
    ['a time', (one: Item) => ({ ...one, at: '2020-01-01T00:00:00.000Z' })],
    ['a person', (one: Item) => ({ ...one, by: null })],
    ['a door', (one: Item) => ({ ...one, through: 'system' })],
    ['a hash', (one: Item) => ({ ...one, hash: 'x'.repeat(43) })],
    ['nothing but a new member', (one: Item) => ({ ...one, extra: true })],
  ])('shows where %s was changed', async (_what, change) => {
    const key = logged(7)
    const verdict = await seeing([key], async ([one]) => put(change(one as Item)), whole)
    expect([verdict.valid, verdict.brokenAt]).toEqual([false, 7])
  })

  test('shows where two events changed places', async () => {
    const keys = [logged(8), logged(9)]
    const swap = async ([a, b]: Item[]) => {
      await put({ ...(b as Item), ...keys[0], sequence: 8 } as Item)
      await put({ ...(a as Item), ...keys[1], sequence: 9 } as Item)
    }
    expect((await seeing(keys, swap, whole)).brokenAt).toBe(8)
  })

  test.each([
    ['the first', 1],
    ['one in the middle', 10],
    ['the last', 0],
  ])('shows that %s is missing', async (_which, sequence) => {
    const gone = sequence === 0 ? await head() : sequence
    const verdict = await seeing([logged(gone)], async ([one]) => drop(one as Item), whole)
    expect([verdict.valid, verdict.brokenAt]).toEqual([false, gone])
  })

  test('shows that one was added behind the last, also with the right hash', async () => {
    const last = await item(logged(await head()))
    const { PK: _, SK: __, itemType, ...event } = last
    const present = await item(sequenceKey(team.workspaceId))
    const { sequence: ___, previousHash: ____, hash: _____, ...draft } = event as Record<string, unknown>
    const { events } = numbered(present as never, [draft as never])
    const key = logged((await head()) + 1)
    const verdict = await seeing([key], () => put({ ...events[0], ...key, itemType } as never), whole)
    // Nobody is told of what stands behind the end: the next event takes its place, or finds it there.
    expect([verdict.valid, verdict.brokenAt]).toEqual([false, (await head()) + 1])
  })

  test('shows that the end was rewritten with hashes that fit', async () => {
    const last = await head()
    const key = logged(last)
    const rewrite = async ([one]: Item[]) => put(rewritten(one as Item))
    expect((await seeing([key], rewrite, whole)).brokenAt).toBe(last)
  })

  test('is for owners alone', async () => {
    const admin = await team.colleague('admin')
    const { status } = await team.app.call(admin, verifyHistory, {
      params: { workspaceId: team.workspaceId },
    })
    expect(status).toBe(404)
  })
})

describe('the history of a task', () => {
  beforeEach(async () => {
    taskId = await team.addTask()
    await storyOf(5)
  })
  const version = (n: number): Key => historyKey(team.workspaceId, taskId, n)
  const entries = async () =>
    (await team.app.call(team.owner, listTaskHistory, { params: { workspaceId: team.workspaceId, taskId } }))
      .body.items as { sequence: number; taskVersion?: number; type: string }[]
  const sequenceOf = async (n: number) => (await entries()).find((one) => one.taskVersion === n)?.sequence

  test('is as it was written', async () => {
    expect(await ofTask()).toMatchObject({ valid: true, checked: 10, behind: 0 })
  })

  test('shows where a change was changed, and where one is missing', async () => {
    const forge = async ([one]: Item[]) => put({ ...(one as Item), by: null })
    expect((await seeing([version(3)], forge, ofTask)).brokenAt).toBe(await sequenceOf(3))
    const gap = await seeing([version(3)], async ([one]) => drop(one as Item), ofTask)
    expect(gap.brokenAt).toBe(await sequenceOf(2))
    const beginning = await seeing([version(1)], async ([one]) => drop(one as Item), ofTask)
    expect(beginning.brokenAt).toBe(await sequenceOf(2))
    const end = await seeing([version(6)], async ([one]) => drop(one as Item), ofTask)
    expect(end).toMatchObject({ valid: true, behind: 1 })
  })

  test('shows where a line was rewritten with a hash that fits, or has no event in the log', async () => {
    const { items } = await team.app.table.query({ pk: version(1).PK, limit: 100 })
    expect(items).toHaveLength(10)
    for (const { PK, SK, sequence } of items) {
      const rewrite = async ([line]: Item[]) => put(rewritten(line as Item))
      expect((await seeing([{ PK, SK }], rewrite, ofTask)).brokenAt, SK).toBe(sequence)
      const event = logged(Number(sequence))
      expect((await seeing([event], () => drop(event), ofTask)).brokenAt, SK).toBe(sequence)
    }
  })

  test('shows where two changes changed places, and where one was added', async () => {
    const keys = [version(3), version(4)]
    const swap = async ([a, b]: Item[]) => {
      await put({ ...(b as Item), ...keys[0] } as Item)
      await put({ ...(a as Item), ...keys[1] } as Item)
    }
    expect((await seeing(keys, swap, ofTask)).valid).toBe(false)
    const added = version(7)
    const add = async () => put({ ...(await item(version(6))), ...added })
    expect((await seeing([added], add, ofTask)).valid).toBe(false)
  })

  test('shows where an event of a comment was changed or added', async () => {
    const event = (await entries()).find(({ type }) => type === 'comment.edited')
    const key = commentEventKey(team.workspaceId, taskId, Number(event?.sequence))
    const forge = async ([one]: Item[]) =>
      put({ ...(one as Item), commentId: makeId('comment', 0, randomSeed()) })
    expect((await seeing([key], forge, ofTask)).brokenAt).toBe(event?.sequence)
    const added = commentEventKey(team.workspaceId, taskId, 9_999)
    const add = async () => put({ ...(await item(key)), ...added })
    expect((await seeing([added], add, ofTask)).valid).toBe(false)
  })
})
