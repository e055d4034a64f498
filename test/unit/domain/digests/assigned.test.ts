import { expect, test } from 'vitest'
import {
  isCompletedIn,
  isOpen,
  listed,
  lookAgain,
  shownOf,
} from '../../../../shared/domain/digests/assigned.ts'
import { rowOf } from '../../../../shared/domain/tasks/present.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aMember, aTask, idOf, minutes, userOf } from '../support/builders.ts'

const groupId = idOf('group', 'pilots')
const member = aMember({ role: 'guest', groupIds: [groupId] })
const taskOf = (title: string, changes: Partial<Task> = {}): Task =>
  aTask({ id: idOf('task', title), title, assigneeIds: [userOf('ana')], ...changes })

/** Rows of some tasks, looked at again when these have become what `now` says; those that it lacks are gone. */
const look = (before: readonly Task[], now: readonly Task[], is: (task: Task) => boolean = isOpen) => {
  const rows = before.map(rowOf)
  const read: string[] = []
  const task = async (_: string, id: string) => {
    read.push(id)
    return now.find((one) => one.id === id)
  }
  const looked = lookAgain({ rows, shown: shownOf(rows) }, { member, is }, { task })
  return looked.then(({ rows, ...rest }) => ({
    count: rows.length,
    titles: listed(rows, { rows, ...rest }).map(({ title }) => title),
    read,
  }))
}

test('what a mail shows is what the tasks are now', async () => {
  const [kept, gone] = [taskOf('kept'), taskOf('gone')]
  const renamed = { ...kept, title: 'renamed' }
  expect(await look([kept, gone], [renamed])).toMatchObject({ count: 1, titles: ['renamed'] })
})

test.each<[string, Partial<Task>]>([
  ['is of somebody else now', { assigneeIds: [userOf('ben')] }],
  ['is of another group now', { assigneeIds: [], assigneeGroupIds: [idOf('group', 'others')] }],
  ['is done', { status: 'done', completedAt: minutes(0) }],
  ['is cancelled', { status: 'cancelled' }],
  ['lies in the trash', { trashedAt: minutes(0) }],
  ['lies in the archive', { archivedAt: minutes(0) }],
])('no mail names as open what %s', async (_why, changes) => {
  const [kept, other] = [taskOf('kept'), taskOf('other', { assigneeGroupIds: [groupId] })]
  const now = { ...other, ...changes, assigneeGroupIds: changes.assigneeGroupIds ?? [] }
  expect(await look([other, kept], [now, kept])).toMatchObject({ count: 1, titles: ['kept'] })
})

test('what is of a group of theirs is theirs', async () => {
  const task = taskOf('of the group', { assigneeIds: [], assigneeGroupIds: [groupId] })
  expect(await look([task], [task])).toMatchObject({ titles: ['of the group'] })
})

test.each<[string, Partial<Task>, number]>([
  ['was archived since', { archivedAt: minutes(1) }, 1],
  ['is open again', { status: 'open', completedAt: null }, 0],
  ['was completed again afterwards', { completedAt: minutes(60) }, 0],
  ['lies in the trash', { trashedAt: minutes(1) }, 0],
])('of what was completed, what %s', async (_what, changes, count) => {
  const task = taskOf('done', { status: 'done', completedAt: minutes(0) })
  const is = isCompletedIn({ from: minutes(0), before: minutes(60) })
  expect(await look([task], [{ ...task, ...changes }], is)).toMatchObject({ count })
})

test('only what a mail shows is read, and what is not read is counted and not shown', async () => {
  const all = Array.from({ length: 25 }, (_, n) => taskOf(`task ${n}`))
  const { count, titles, read } = await look(all, all.slice(1))
  expect(read).toHaveLength(20)
  expect(count).toBe(24)
  expect(titles).toEqual(all.slice(1, 20).map(({ title }) => title))
})
