import { expect, test } from 'vitest'
import { type ReminderIndex, sweep } from '../../../../shared/domain/pipeline/sweep.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, userOf } from '../support/builders.ts'
import { toldNobody } from '../support/toldNobody.ts'

const crowd = Array.from({ length: 50 }, (_, n) => userOf(`p${n}`))
const busy = (name: string): Task =>
  aTask({
    id: idOf('task', name),
    assigneeIds: crowd,
    reminders: [{ id: idOf('reminder', name), userId: null, dateTime: minutes(1).slice(0, 16), zone: 'UTC' }],
  })

test('tasks with many people move on one after the other: a sweep that is cut off has got somewhere', async () => {
  const moved: string[] = []
  let messages = 0
  const reminders: ReminderIndex = {
    shards: ['a'],
    due: async () => ({ items: Array.from({ length: 10 }, (_, n) => busy(`t${n}`)) }),
    advance: async ({ id }) => {
      moved.push(id)
      return { won: true }
    },
  }
  const queue = {
    send: async (some: readonly unknown[]) => {
      if (messages >= 200) throw new Error('out of time')
      messages += some.length
    },
  }
  await expect(sweep(minutes(2), { reminders, ...toldNobody, queue })).rejects.toThrow('out of time')
  expect(messages).toBe(200)
  expect(moved).toEqual(['t0', 't1', 't2', 't3'].map((name) => idOf('task', name)))
})

test('a shard that fails does not keep the others from their end', async () => {
  const moved: string[] = []
  const reminders: ReminderIndex = {
    shards: ['bad', 'good'],
    due: async (shard) => {
      if (shard === 'bad') throw new Error('no such shard')
      await new Promise((resolve) => setImmediate(resolve))
      return { items: [busy('t')] }
    },
    advance: async ({ id }) => {
      moved.push(id)
      return { won: true }
    },
  }
  await expect(
    sweep(minutes(2), { reminders, ...toldNobody, queue: { send: async () => {} } }),
  ).rejects.toThrow('no such shard')
  expect(moved).toEqual([idOf('task', 't')])
})
