import { describe, expect, test } from 'vitest'
import { startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { applyPatch, revise, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, idOf, minutes, projectId, userOf, workspaceId } from '../support/builders.ts'

const due = { date: '2026-11-23', zone: 'Europe/Madrid' }
const rule = {
  rule: 'FREQ=DAILY',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
  exclude: [],
} as const
const recurring = () => aTask({ due, recurrence: startRecurrence({ ...rule, exclude: [] }, due) })
const editor = (at: number) => ({ userId: userOf('ana'), now: minutes(at), zone: 'UTC' })

const startTable = async (...first: Task[]) => {
  const followed = followedTable()
  const { tasks } = followed.stores
  for (const task of first) await tasks.add(task)
  await followed.drain()
  const read = async (id: string): Promise<Task> => {
    const task = await tasks.task(workspaceId, id)
    if (task === undefined) throw new Error('no such task')
    return task
  }
  /** Writes what somebody makes of a task, at a minute. */
  const write = async (id: string, decide: (task: Task) => Task): Promise<Task> => {
    const next = decide(await read(id))
    expect(await tasks.replace(next)).toEqual({ won: true })
    return next
  }
  const complete = (id: string, at: number) =>
    write(id, (task) => applyPatch(task, { status: 'done' }, editor(at)))
  const undo = (id: string, at: number) =>
    write(id, (task) => revise(task, { status: 'open', successorId: null }, editor(at)))
  return { ...followed, read, write, complete, undo }
}

describe('the next occurrence', () => {
  test('stands a moment after the completion, under the id that was named, with a number of its own', async () => {
    const table = await startTable(recurring())
    const done = await table.complete(recurring().id, 1)
    await table.drain()
    const next = await table.read(String(done.successorId))
    expect(next).toMatchObject({ status: 'open', due: { date: '2026-11-24' }, key: 'OPS-2', version: 1 })
    expect(await table.stores.tasks.idOf(workspaceId, 'OPS-2')).toBe(next.id)
    expect(table.tasks()).toHaveLength(2)
    expect((await table.stores.records.statistics(workspaceId, projectId)).total).toBe(2)
  })

  test('is made once, however often the record comes', async () => {
    const table = await startTable(recurring())
    await table.complete(recurring().id, 1)
    await table.deliver(undefined, 3)
    await table.drain()
    expect(table.tasks()).toHaveLength(2)
    expect((await table.stores.records.statistics(workspaceId)).total).toBe(2)
  })

  test('that was edited stays as it is when the completion comes again', async () => {
    const table = await startTable(recurring())
    const done = await table.complete(recurring().id, 1)
    const [completion] = table.waiting
    await table.drain()
    await table.write(String(done.successorId), (task) => applyPatch(task, { title: 'x' }, editor(2)))
    if (completion !== undefined) table.waiting.push(completion)
    await table.drain()
    expect(await table.read(String(done.successorId))).toMatchObject({ title: 'x', version: 2 })
  })

  test('is one, also when the task is opened and completed again', async () => {
    const table = await startTable(recurring())
    await table.complete(recurring().id, 1)
    await table.write(recurring().id, (task) => applyPatch(task, { status: 'open' }, editor(2)))
    await table.complete(recurring().id, 3)
    await table.drain()
    expect(table.tasks()).toHaveLength(2)
  })

  test('goes into the trash with the parent that went there first', async () => {
    const parent = aTask({ id: idOf('task', 'parent'), key: 'OPS-9' })
    const child = { ...recurring(), parentId: parent.id, ancestorIds: [parent.id] }
    const table = await startTable(parent, child)
    const done = await table.complete(child.id, 1)
    await table.write(parent.id, (task) => trash(task, editor(2)))
    await table.drain()
    expect(await table.read(String(done.successorId))).toMatchObject({
      parentId: parent.id,
      trashedAt: minutes(2),
      trashedWith: parent.id,
    })
  })
})

describe('a completion that is undone', () => {
  test('takes the next occurrence back, as long as nobody has touched it', async () => {
    const table = await startTable(recurring())
    const done = await table.complete(recurring().id, 1)
    await table.undo(recurring().id, 2)
    await table.drain()
    const taken = await table.read(String(done.successorId))
    expect([taken.trashedAt, taken.trashedWith, taken.version]).toEqual([minutes(2), taken.id, 2])
    expect((await table.stores.records.statistics(workspaceId)).total).toBe(1)
  })

  test('takes it back once and for all, when both records come again', async () => {
    const table = await startTable(recurring())
    const done = await table.complete(recurring().id, 1)
    await table.undo(recurring().id, 2)
    const again = table.waiting.slice(0, 2)
    await table.drain()
    table.waiting.push(...again)
    await table.drain()
    expect((await table.read(String(done.successorId))).trashedAt).toBe(minutes(2))
    expect((await table.stores.records.statistics(workspaceId)).total).toBe(1)
  })

  test('leaves one that somebody has touched', async () => {
    const table = await startTable(recurring())
    const done = await table.complete(recurring().id, 1)
    await table.drain()
    await table.write(String(done.successorId), (task) => applyPatch(task, { title: 'x' }, editor(2)))
    await table.undo(recurring().id, 3)
    await table.drain()
    expect(await table.read(String(done.successorId))).toMatchObject({ title: 'x', trashedAt: null })
  })

  test('and done again has one occurrence at work, another than the first', async () => {
    const table = await startTable(recurring())
    const one = await table.complete(recurring().id, 1)
    await table.undo(recurring().id, 2)
    const two = await table.complete(recurring().id, 3)
    await table.drain()
    expect(two.successorId).not.toBe(one.successorId)
    expect((await table.read(String(one.successorId))).trashedAt).not.toBeNull()
    expect((await table.read(String(two.successorId))).trashedAt).toBeNull()
    expect((await table.stores.records.statistics(workspaceId)).total).toBe(2)
  })
})
