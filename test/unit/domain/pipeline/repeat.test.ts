import { describe, expect, test } from 'vitest'
import { startRecurrence } from '../../../../shared/domain/recurrence/recurrence.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import { aTask, idOf, minutes, userOf, workspaceId } from '../support/builders.ts'

const due = { date: '2026-11-30', zone: 'Europe/Madrid' }
const rule = {
  rule: 'FREQ=MONTHLY;BYMONTHDAY=31',
  from: 'schedule',
  catchUp: 'skip',
  monthEnd: 'clamp',
} as const
const recurrence = startRecurrence({ ...rule, exclude: [] }, due)
const editor = { userId: userOf('ana'), now: minutes(1), zone: 'UTC' }

const parent = aTask({ due, recurrence, title: 'Close the books' })
const below = (name: string, above: Task, changes: Partial<Task> = {}): Task =>
  aTask({
    id: idOf('task', name),
    title: name,
    key: `OPS-${name.length}0`,
    parentId: above.id,
    ancestorIds: [...above.ancestorIds, above.id],
    ...changes,
  })

/** A table in which the parent was completed and all followed, with the record of the completion. */
const completed = async (all: readonly Task[]) => {
  const table = followedTable()
  for (const task of all) await table.stores.tasks.add(task)
  await table.drain()
  const done = applyPatch(parent, { status: 'done' }, editor)
  expect(await table.stores.tasks.replace(done)).toEqual({ won: true })
  const [completion] = table.waiting
  if (completion === undefined) throw new Error('a write leaves a record')
  await table.drain()
  return { table, done, completion }
}

const repeated = async (all: readonly Task[]) => {
  const table = followedTable()
  for (const task of all) await table.stores.tasks.add(task)
  await table.drain()
  const done = applyPatch(parent, { status: 'done' }, editor)
  expect(await table.stores.tasks.replace(done)).toEqual({ won: true })
  await table.deliver(undefined, 2)
  await table.drain()
  const isNew = ({ id }: Task) => !all.some((task) => task.id === id)
  return { done, made: table.tasks().filter(isNew) }
}

describe('the subtasks of a task that recurs', () => {
  test('come again below the next occurrence, as many days later and with nothing done', async () => {
    const child = below('collect', parent, {
      status: 'done',
      due: { date: '2026-11-27', zone: 'Europe/Madrid' },
      checklist: { chk_1: { text: 'bank', done: true, rank: 'h00000000V' } },
    })
    const grandchild = below('archive it', child)
    const { done, made } = await repeated([parent, child, grandchild])
    const next = made.find(({ id }) => id === done.successorId)
    const collect = made.find(({ title }) => title === 'collect')
    const archive = made.find(({ title }) => title === 'archive it')
    expect(made).toHaveLength(3)
    expect(next?.due).toEqual({ date: '2026-12-31', zone: 'Europe/Madrid' })
    expect(collect).toMatchObject({
      status: 'open',
      due: { date: '2026-12-28', zone: 'Europe/Madrid' },
      parentId: next?.id,
      checklist: { chk_1: { done: false } },
    })
    expect(archive?.ancestorIds).toEqual([next?.id, collect?.id])
    expect(new Set(made.map(({ key }) => key)).size).toBe(3)
  })

  test('stay behind when they lie in the trash or recur for themselves', async () => {
    const gone = trash(below('gone', parent), editor)
    const own = below('own series', parent, { due, recurrence })
    const { made } = await repeated([parent, gone, own])
    expect(made).toHaveLength(1)
  })

  test('are of the workspace of the task', async () => {
    const { made } = await repeated([parent, below('collect', parent)])
    for (const task of made) expect(task.workspaceId).toBe(workspaceId)
  })
})

test('a completion that comes again brings back no occurrence, and no subtask of one, that was purged since', async () => {
  const child = below('collect', parent)
  const grandchild = below('archive it', child)
  const { table, done, completion } = await completed([parent, child, grandchild])
  const drop = async (isMeant: (task: Task) => boolean) => {
    for (const task of table.tasks().filter(isMeant)) await table.stores.tasks.drop(task)
    await table.drain()
  }
  await drop(({ title, parentId }) => title === 'collect' && parentId === done.successorId)
  const left = table.tasks().length
  table.waiting.push(completion)
  await table.drain()
  expect(table.tasks()).toHaveLength(left)
  await drop(({ id }) => id === done.successorId)
  table.waiting.push(completion)
  await table.drain()
  expect(table.tasks()).toHaveLength(left - 1)
})
