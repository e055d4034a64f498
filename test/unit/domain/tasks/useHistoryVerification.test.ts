import { beforeEach, describe, expect, test } from 'vitest'
import type { TaskVerification } from '../../../../shared/api/schemas/record.ts'
import { commentEventKey, eventKey, historyPk, type Key } from '../../../../shared/data/keys.ts'
import { commentRecordStore } from '../../../../shared/data/stores/commentHistory.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { recordStore } from '../../../../shared/data/stores/history.ts'
import { logStore } from '../../../../shared/data/stores/log.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import type { Item, Table } from '../../../../shared/data/tablePort.ts'
import { firstHead, isIntact, numbered } from '../../../../shared/domain/audit/chain.ts'
import { verifyTaskHistory } from '../../../../shared/domain/tasks/useHistoryVerification.ts'
import { type Late, lateTable } from '../../data/support/lateTable.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { aTask, idOf, workspaceId } from '../support/builders.ts'
import { storyOf } from '../support/story.ts'
import { walked } from '../support/walk.ts'

const [taskId, otherId] = [aTask().id, idOf('task', 'other')]

const pattern = 'ececceece'
const count = pattern.length + 1

let memory: ReturnType<typeof memoryTable>
const tell = async (story: string, begin = aTask()) => {
  const { task, happened } = storyOf(story, begin)
  await taskStore(memory.table).add(task)
  await derivedStore(memory.table).apply(workspaceId, happened)
}
beforeEach(async () => {
  memory = memoryTable()
  await tell(pattern)
})

const verify = (table: Table = memory.table): Promise<TaskVerification[]> =>
  walked(
    verifyTaskHistory,
    { workspaceId, taskId },
    {
      tasks: taskStore(table),
      records: recordStore(table),
      commentRecords: commentRecordStore(table),
      log: logStore(table),
    },
  )
const linesOf = async (id: string) =>
  (await memory.table.query({ pk: historyPk(workspaceId, id), limit: 500 })).items
const drop = ({ PK, SK }: Key) => memory.items.delete(JSON.stringify([PK, SK]))
const logged = ({ sequence }: Item): Key => eventKey(workspaceId, Number(sequence))

/** The same event with something else in it, and a hash that fits. */
const forged = ({ PK, SK, itemType, sequence, hash: _, previousHash, ...told }: Item): Item => {
  const head = { ...firstHead(workspaceId, Number(sequence) - 1), hash: String(previousHash) }
  const [event] = numbered(head, [{ ...told, by: null } as never]).events
  expect(isIntact(event as object)).toBe(true)
  return { ...(event as object), PK, SK, itemType } as Item
}

describe('the history of a task', () => {
  test('is valid when it is what the log has, by as many calls as it takes', async () => {
    expect(await verify()).toEqual([{ valid: true, checked: count, behind: 0 }])
    const long = aTask({ id: idOf('task', 'one'), key: 'OPS-2' })
    memory = memoryTable()
    await tell('e'.repeat(60) + 'c'.repeat(120), long)
    const answers = await verify()
    expect(answers.map(({ valid, checked }) => [valid, checked])).toEqual([
      [true, 100],
      [true, 61],
      [true, 20],
    ])
  })

  test('asks for the events in the log a hundred at a time', async () => {
    memory = memoryTable()
    await tell('e'.repeat(120) + 'c'.repeat(120))
    const asked: Key[][] = [[]]
    const table: Table = {
      ...memory.table,
      get: async (key) => {
        if (key.SK.startsWith('EVT#')) asked.at(-1)?.push(key)
        else asked.push([])
        return memory.table.get(key)
      },
    }
    await verify(table)
    expect(asked.map(({ length }) => length)).toEqual([0, 100, 100, 41])
  })

  test('is valid whatever of it a first look does not see yet, in the task or in the log', async () => {
    const lines = await linesOf(taskId)
    for (const line of lines) {
      for (const late of [[{ key: line }], [{ key: logged(line) }]] satisfies Late[][]) {
        const [answer, ...further] = await verify(lateTable(memory.table, late))
        expect([answer?.valid, further], line.SK).toEqual([true, []])
      }
    }
    const all = lines.map((key) => ({ key }))
    const other = all.filter((_, index) => index % 2 === 0)
    expect((await verify(lateTable(memory.table, other)))[0]).toMatchObject({ valid: true, checked: count })
  })

  test.each([
    ['was changed', (line: Item) => memory.table.put({ ...line, by: null })],
    ['was changed together with its hash', (line: Item) => memory.table.put(forged(line))],
    ['the log does not have', async (line: Item) => drop(logged(line))],
    ['the log has otherwise', (line: Item) => memory.table.put({ ...forged(line), ...logged(line) })],
  ])('is broken at a line that %s, whichever it is', async (_how, act) => {
    const lines = await linesOf(taskId)
    for (const [index, line] of lines.entries()) {
      const log = (await memory.table.get(logged(line))) as Item
      await act(line)
      // Also when a first look finds something else that only seems wrong.
      for (const late of [[], [{ key: lines[(index + 2) % lines.length] as Item }]]) {
        const [answer] = await verify(lateTable(memory.table, late))
        expect(answer, line.SK).toMatchObject({ valid: false, brokenAt: line.sequence })
      }
      await memory.table.put(line)
      await memory.table.put(log)
    }
    expect((await verify())[0]?.valid).toBe(true)
  })

  test('is broken at a line of another task that stands in the place of its own', async () => {
    await tell(pattern, aTask({ id: otherId, key: 'OPS-2' }))
    const own = await linesOf(taskId)
    for (const [index, foreign] of (await linesOf(otherId)).entries()) {
      const line = own[index] as Item
      if (foreign.itemType !== 'event') continue
      await memory.table.put({ ...foreign, PK: line.PK, SK: line.SK })
      expect((await verify())[0], line.SK).toMatchObject({ valid: false, brokenAt: foreign.sequence })
      await memory.table.put(line)
    }
  })

  test('is broken at an event of a comment that stands there twice', async () => {
    const [line] = (await linesOf(taskId)).filter(({ itemType }) => itemType === 'commentEvent')
    await memory.table.put({ ...(line as Item), SK: commentEventKey(workspaceId, taskId, 9).SK })
    expect((await verify())[0]).toMatchObject({ valid: false })
  })

  test('is broken at a line that has lost its number', async () => {
    for (const line of await linesOf(taskId)) {
      const { sequence: _, ...numberless } = line
      await memory.table.put(numberless as Item)
      expect((await verify())[0], line.SK).toMatchObject({ valid: false, brokenAt: 0 })
      await memory.table.put(line)
    }
  })

  test('is broken below a version that was taken out; of the newest it says that they are behind', async () => {
    const changes = (await linesOf(taskId)).filter(({ itemType }) => itemType === 'event')
    for (const line of changes) {
      drop(line)
      const [answer] = await verify()
      if (line === changes.at(-1)) expect(answer).toMatchObject({ valid: true, behind: 1 })
      else expect(answer, line.SK).toMatchObject({ valid: false })
      await memory.table.put(line)
    }
  })
})
