import { describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { applyPatch } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { undo } from '../../../../shared/domain/tasks/undo.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, minutes, userOf, workspaceId } from '../support/builders.ts'

const due = { date: '2026-11-23', zone: 'Europe/Madrid' }
const daily = {
  rule: 'FREQ=DAILY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [] as string[],
} as const
const recurring = () => aTask({ due, recurrence: startRecurrence(daily, due) })

/** A task with its stream and its history; each step is a minute later than the one before. */
const startStory = async (task: Task) => {
  const { stores, drain, tasks } = followedTable()
  await stores.tasks.add(task)
  await drain()
  let minute = 0
  const step = async (decide: (present: Task, now: string) => Task | Promise<Task>): Promise<Task> => {
    const present = await stores.tasks.task(workspaceId, task.id)
    if (present === undefined) throw new Error('no such task')
    const next = await decide(present, minutes(++minute))
    expect(await stores.tasks.replace(next)).toEqual({ won: true })
    await drain()
    return next
  }
  const editor = (now: string) => ({ userId: userOf('ana'), now, zone: 'UTC' })
  return {
    stores,
    atWork: () => tasks().filter(({ status, trashedAt }) => status === 'open' && trashedAt === null),
    edit: (patch: TaskPatch) => step((present, now) => applyPatch(present, patch, editor(now))),
    undo: (version: number) =>
      step(async (present, now) => {
        const event = await stores.records.event(workspaceId, task.id, version)
        if (event === undefined) throw new Error('no such event')
        return undo(present, event, editor(now), stores)
      }),
  }
}

describe('a completion that comes back by an undo', () => {
  test('names the next occurrence of a rule that came after it', async () => {
    const story = await startStory(aTask({ due }))
    await story.edit({ status: 'done' })
    await story.edit({ status: 'open' })
    await story.edit({ recurrence: daily })
    const done = await story.undo(3)
    expect(done.status).toBe('done')
    expect(story.atWork()).toMatchObject([{ id: done.successorId, due: { date: '2026-11-24' } }])
  })

  test('names none when the task no longer recurs', async () => {
    const story = await startStory(recurring())
    await story.edit({ status: 'done' })
    await story.undo(2)
    await story.edit({ recurrence: null })
    expect(await story.undo(3)).toMatchObject({ status: 'done', successorId: null })
    expect(story.atWork()).toEqual([])
  })

  test('names none when the rule has ended since', async () => {
    const story = await startStory(recurring())
    await story.edit({ status: 'done' })
    await story.undo(2)
    await story.edit({ recurrence: { ...daily, rule: 'FREQ=DAILY;COUNT=1' } })
    expect(await story.undo(3)).toMatchObject({ status: 'done', successorId: null })
    expect(story.atWork()).toEqual([])
  })

  test('brings back the occurrence that it had named', async () => {
    const story = await startStory(recurring())
    const first = await story.edit({ status: 'done' })
    await story.undo(2)
    expect((await story.undo(3)).successorId).toBe(first.successorId)
    expect(story.atWork()).toMatchObject([{ id: first.successorId }])
  })

  test('names another one when that has gone for good', async () => {
    const story = await startStory(recurring())
    const first = await story.edit({ status: 'done' })
    await story.undo(2)
    const gone = await story.stores.tasks.task(workspaceId, String(first.successorId))
    if (gone === undefined) throw new Error('the occurrence was withdrawn, not dropped')
    await story.stores.tasks.drop(gone)
    const again = await story.undo(3)
    expect(again.successorId).not.toBe(first.successorId)
    expect(story.atWork()).toMatchObject([{ id: again.successorId }])
    expect((await story.stores.records.statistics(workspaceId)).total).toBe(2)
  })
})

test('an undo leaves no task that recurs without a due date', async () => {
  const story = await startStory(aTask())
  await story.edit({ due })
  await story.edit({ recurrence: daily })
  await expect(story.undo(2)).rejects.toThrow('needs a due date')
  await story.edit({ recurrence: null })
  await story.edit({ due: null })
  await expect(story.undo(4)).rejects.toThrow('needs a due date')
})
