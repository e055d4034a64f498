import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { sweep } from '../../../../shared/domain/pipeline/sweep.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, userOf } from '../support/builders.ts'
import { worldOf } from '../support/sweepWorld.ts'

const absolute = (name: string, at: number, userId: string | null = null) => ({
  id: idOf('reminder', name),
  userId,
  dateTime: minutes(at).slice(0, 16),
  zone: 'UTC',
})
const taskWith = (name: string, ...at: number[]): Task =>
  aTask({ id: idOf('task', name), reminders: at.map((minute) => absolute(`${name}${minute}`, minute)) })

describe('a sweep', () => {
  test('sends everything that is due, on every page, and moves each task to its next reminder', async () => {
    const world = worldOf([taskWith('a', 1, 2, 9), taskWith('b', 3), taskWith('c', 20)])
    expect(await sweep(minutes(5), world)).toBe(2)
    expect(world.sent.map((message) => message.kind === 'reminder' && message.at).sort()).toEqual([
      minutes(1),
      minutes(2),
      minutes(3),
    ])
    const places = [...world.stored.values()].map(({ remindAt, remindedUntil }) => [remindAt, remindedUntil])
    expect(places).toEqual([
      [minutes(9), minutes(5)],
      [null, minutes(5)],
      [minutes(20), minutes(0)],
    ])
    expect(await sweep(minutes(5), world)).toBe(0)
    expect(world.sent).toHaveLength(3)
  })

  test('what fell due while nothing ran is sent, however late, and once', async () => {
    const world = worldOf([taskWith('a', 1), taskWith('b', 2)])
    await sweep(minutes(100_000), world)
    await sweep(minutes(100_001), world)
    expect(world.sent).toHaveLength(2)
  })

  test('each reminder tells its own people', async () => {
    const task = aTask({
      assigneeIds: [userOf('ana'), userOf('ben')],
      reminders: [absolute('all', 1), absolute('mine', 1, userOf('cleo'))],
    })
    const world = worldOf([task])
    await sweep(minutes(1), world)
    expect(world.sent.map((message) => 'userId' in message && message.userId)).toEqual([
      userOf('ana'),
      userOf('ben'),
      userOf('cleo'),
    ])
    expect(world.sent[0]).toMatchObject({ kind: 'reminder', taskId: task.id, at: minutes(1) })
  })

  test('a queue that refuses leaves everything in its place for the next one', async () => {
    const world = worldOf([taskWith('a', 1)])
    const queue = { send: () => Promise.reject(new Error('no queue')) }
    await expect(sweep(minutes(2), { ...world, queue })).rejects.toThrow('no queue')
    expect(await sweep(minutes(2), world)).toBe(1)
    expect(world.sent).toHaveLength(1)
  })

  test('an index that trails sends nothing that has moved on', async () => {
    const moved = { ...taskWith('old', 1), remindAt: minutes(50), remindedUntil: minutes(1) }
    const silenced = { ...taskWith('older', 1), remindAt: null }
    const world = worldOf([], [moved, silenced])
    expect(await sweep(minutes(2), world)).toBe(0)
    expect(world.sent).toEqual([])
  })

  test('a task that was written meanwhile keeps what that write decided', async () => {
    const world = worldOf([taskWith('a', 1)])
    const written = { ...taskWith('a', 1, 30), revision: 7 }
    const queue = {
      send: async (messages: readonly NoticeMessage[]) => {
        world.stored.set(written.id, written)
        await world.queue.send(messages)
      },
    }
    await sweep(minutes(2), { ...world, queue })
    expect(world.stored.get(written.id)).toBe(written)
  })
})
