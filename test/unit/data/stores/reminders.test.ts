import { expect, test } from 'vitest'
import { timeShardOf } from '../../../../shared/data/keys.ts'
import { reminderStore } from '../../../../shared/data/stores/reminders.ts'
import { taskStore } from '../../../../shared/data/stores/tasks.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import { aTask, idOf, minutes, start } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const taskAt = (n: number, minute: number) =>
  aTask({
    id: makeId('task', start, derivedSeed(`t${n}`)),
    reminders: [
      { id: idOf('reminder', 'a'), userId: null, dateTime: minutes(minute).slice(0, 16), zone: 'UTC' },
    ],
  })

const to = (remindedUntil: number, remindAt?: number) => ({
  remindedUntil: minutes(remindedUntil),
  remindAt: remindAt === undefined ? null : minutes(remindAt),
  escalateAt: null,
})

const due = async (pageSize: number, now: string, count = 40) => {
  const { table } = memoryTable(pageSize)
  const [tasks, reminders] = [taskStore(table), reminderStore(table)]
  const all = Array.from({ length: count }, (_, n) => taskAt(n, n))
  for (const task of all) await tasks.add(task)
  const found: string[] = []
  for (const shard of reminders.shards) {
    let after: string | undefined
    do {
      const page = await reminders.due(shard, now, after)
      found.push(...page.items.map(({ id }) => id))
      for (const { id } of page.items) expect(timeShardOf('REM', id)).toBe(shard)
      after = page.next
    } while (after !== undefined)
  }
  return { all, found, tasks, reminders }
}

test('what is due up to the very instant is found in its shard, page by page, each once', async () => {
  for (const pageSize of [1, 3, 100]) {
    const { all, found } = await due(pageSize, minutes(20))
    // Those at or before the beginning never remind.
    expect([...found].sort()).toEqual(
      all
        .slice(1, 21)
        .map(({ id }) => id)
        .sort(),
    )
  }
})

test('a task moves on to its next reminder or out of the index, and only as it was seen', async () => {
  const { tasks, reminders } = await due(100, minutes(20), 3)
  const task = taskAt(2, 2)
  expect(await reminders.advance(task, to(5, 9))).toEqual({ won: true })
  const shard = timeShardOf('REM', task.id)
  expect((await reminders.due(shard, minutes(8))).items.map(({ id }) => id)).not.toContain(task.id)
  const [moved] = (await reminders.due(shard, minutes(9))).items.filter(({ id }) => id === task.id)
  expect(moved).toEqual({ ...task, remindedUntil: minutes(5), remindAt: minutes(9), revision: 2 })
  expect(await reminders.advance(task, to(6))).toMatchObject({
    won: false,
    present: { revision: 2 },
  })
  expect(await reminders.advance({ ...task, revision: 2 }, to(9))).toEqual({ won: true })
  expect((await reminders.due(shard, minutes(99))).items.map(({ id }) => id)).not.toContain(task.id)
  expect(await tasks.task(task.workspaceId, task.id)).toMatchObject({
    remindAt: null,
    version: 1,
    revision: 3,
  })
})
