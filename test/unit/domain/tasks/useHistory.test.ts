import { describe, expect, test } from 'vitest'
import type { TaskHappening } from '../../../../shared/api/schemas/record.ts'
import { commentEventKey, eventKey, historyKey } from '../../../../shared/data/keys.ts'
import { commentRecordStore } from '../../../../shared/data/stores/commentHistory.ts'
import { derivedStore } from '../../../../shared/data/stores/derived.ts'
import { recordStore } from '../../../../shared/data/stores/history.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import { isIntact } from '../../../../shared/domain/audit/chain.ts'
import { listTaskHistory } from '../../../../shared/domain/tasks/useHistory.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { aMember, anAsk, aPerson, aTask, workspaceId } from '../support/builders.ts'
import { storyOf } from '../support/story.ts'

const taskId = aTask().id

const historyOf = async (pattern: string) => {
  const { table } = memoryTable()
  const { task, happened } = storyOf(pattern)
  const world = {
    tasks: taskStore(table),
    records: recordStore(table),
    commentRecords: commentRecordStore(table),
  }
  await world.tasks.add(task)
  const derived = derivedStore(table)
  await derived.apply(workspaceId, happened.slice(0, 4))
  // Delivered once more from the beginning: what has its number keeps it.
  await derived.apply(workspaceId, happened)
  const read = async (limit: number): Promise<TaskHappening[][]> => {
    const pages: TaskHappening[][] = []
    let position: string | undefined
    do {
      const ask = {
        ...anAsk({ params: { workspaceId, taskId }, query: { limit }, body: undefined }),
        position,
      }
      const loaded = await listTaskHistory.load?.(ask, world)
      const call = { ask, person: aPerson(), member: aMember() }
      const { body, nextPosition } = await listTaskHistory.run(call, loaded as never, world)
      pages.push(body.items)
      position = nextPosition
    } while (position !== undefined)
    return pages
  }
  return { table, read, count: happened.length }
}

describe('the history of a task', () => {
  test.each(['', 'c', 'ccccc', 'eeee', 'ececcee', 'cceeeeecc', 'eeeccccce'])(
    'goes through changes and comments (%s) in the order of their numbers, in pages of any size',
    async (pattern) => {
      const { read, count } = await historyOf(pattern)
      const all = Array.from({ length: count }, (_, n) => count - n)
      for (const limit of [1, 2, 3, 4, 50]) {
        const pages = await read(limit)
        expect(pages.flat().map(({ sequence }) => sequence)).toEqual(all)
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true)
        expect(pages.length).toBe(Math.max(1, Math.ceil(count / limit)))
      }
    },
  )

  test('says by what door each change came, and follows by itself where nobody came in', async () => {
    const { read } = await historyOf('ec')
    const doors = (await read(10)).flat().map(({ type, through }) => [type, through])
    expect(doors).toEqual([
      ['comment.created', 'web'],
      ['task.changed', 'token'],
      ['task.created', 'system'],
    ])
  })

  test('stands in the log as well, in one chain over both kinds, and that is kept', async () => {
    const { table, count } = await historyOf('ecce')
    const { items } = await table.query({ pk: eventKey(workspaceId, 1).PK, limit: 100 })
    expect(items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: count }, (_, n) => n + 1))
    for (const [n, { PK: _, SK: __, itemType: ___, ...event }] of items.entries()) {
      expect(event).not.toHaveProperty('ttl')
      expect(isIntact(event)).toBe(true)
      if (n > 0) expect(event.previousHash).toBe(items[n - 1]?.hash)
    }
    for (const key of [commentEventKey(workspaceId, taskId, 3), historyKey(workspaceId, taskId, 2)]) {
      expect(await table.get(key)).toBeDefined()
    }
  })
})
