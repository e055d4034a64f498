import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scheduleStore } from '../../../../shared/data/stores/schedules.ts'
import { may } from '../../../../shared/domain/access/target.ts'
import { listReminders } from '../../../../shared/domain/reminders/useReminders.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import { occurrences, recipientsOf } from '../../../../shared/domain/tasks/reminders.ts'
import { aboutTask, type Task } from '../../../../shared/domain/tasks/task.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { followedTable } from '../../data/support/followedTable.ts'
import * as arbitrary from '../support/arbitraries.ts'
import {
  aMember,
  anAsk,
  aPerson,
  aTask,
  idOf,
  minutes,
  projectId,
  userOf,
  workspaceId,
} from '../support/builders.ts'

const pilots = idOf('group', 'pilots')
const ana = aMember({ groupIds: [pilots] })

/** All pages of what is scheduled for somebody, `limit` entries on each. */
const scheduledFor = async (
  member: Member,
  schedules: ReturnType<typeof scheduleStore>,
  { now = minutes(0), limit = 3 } = {},
) => {
  const items = []
  let position: string | undefined
  for (;;) {
    const { userId } = member
    const ask = anAsk({ params: { workspaceId }, query: { limit }, body: {}, userId, now, position })
    const loaded = await listReminders.load?.(ask, { schedules })
    if (loaded === undefined) throw new Error('nothing was loaded')
    const call = { ask, member, person: aPerson({ id: userId }) }
    const { body, nextPosition } = await listReminders.run(call, loaded, { schedules })
    items.push(...body.items)
    if (nextPosition === undefined) return { items, complete: body.complete }
    position = nextPosition
  }
}

/** The same by looking at all tasks there are. */
const naive = (member: Member, tasks: readonly Task[], now: string): string[] =>
  tasks
    .filter((task) => may(member, 'task.read', aboutTask(task)))
    .flatMap((task) => {
      const inGroups = task.assigneeGroupIds.flatMap((id) =>
        (member.groupIds ?? []).includes(id) ? member.userId : userOf('somebody else'),
      )
      return occurrences(task)
        .filter((one) => one.at > now && one.kind !== 'lapsed' && one.kind !== 'escalated')
        .filter((one) => {
          const whose = one.kind === 'reminder' ? one.reminder : { userId: null }
          return recipientsOf(whose, task, inGroups).includes(member.userId)
        })
        .map((one) => `${one.at} ${task.key} ${one.kind} ${one.kind === 'reminder' ? one.reminder.id : ''}`)
    })
    .sort()

const written = async (tasks: readonly Task[]) => {
  const followed = followedTable()
  for (const task of tasks) await followed.stores.tasks.add(task)
  await followed.drain()
  return { ...followed, schedules: scheduleStore(followed.table) }
}

const due = { dateTime: minutes(2 * 1440).slice(0, 16), zone: 'UTC' }
const reminder = (name: string, minutesBefore: number, userId: string | null = null) =>
  ({ id: idOf('reminder', name), userId, relativeTo: 'due', minutesBefore }) as const

const states = fc.tuple(
  arbitrary.task,
  fc.record({
    assigneeGroupIds: fc.subarray([pilots, idOf('group', 'others')]),
    createdBy: fc.constantFrom(userOf('ana'), userOf('owner')),
    trashedAt: fc.constantFrom(null, null, null, minutes(0)),
    archivedAt: fc.constantFrom(null, null, null, minutes(0)),
    shares: fc.constantFrom<Task['shares']>({}, {}, { [userOf('ana')]: 'view' }),
  }),
)

describe('what is scheduled for somebody', () => {
  test('is what a look at all tasks finds, whoever it is, whatever was edited, page by page', async () => {
    const roles = fc.constantFrom('member' as const, 'guest' as const)
    const now = fc.integer({ min: -2000, max: 6000 }).map(minutes)
    const given = fc.array(fc.tuple(states, fc.option(states)), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(given, roles, fc.boolean(), now, async (all, role, isInGroup, at) => {
        const first = all.map(([[task, more]], n) =>
          aTask({ ...task, ...more, id: idOf('task', `${n}`), key: `OPS-${n}` }),
        )
        const { stores, drain, schedules, tasks } = await written(first)
        const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }
        for (const [n, [, edited]] of all.entries()) {
          if (edited === null) continue
          const [{ status, due, reminders, assigneeIds }, { createdBy: _, ...more }] = edited
          const changes = { status, due, reminders, assigneeIds, ...more }
          await stores.tasks.replace(revise(first[n] as Task, changes, editor))
        }
        await drain()
        const member = aMember({ role, ...(isInGroup && { groupIds: [pilots] }) })
        const { items, complete } = await scheduledFor(member, schedules, { now: at })
        const lines = items.map((one) => `${one.at} ${one.task.key} ${one.kind} ${one.reminderId ?? ''}`)
        expect([...lines].sort()).toEqual(naive(member, tasks(), at))
        expect(items.map((one) => one.at)).toEqual(items.map((one) => one.at).sort())
        expect(complete).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('says of a task what it is, and of a reminder which', async () => {
    const task = aTask({ due, assigneeIds: [ana.userId], reminders: [reminder('one', 30)] })
    const { schedules } = await written([task])
    const { items } = await scheduledFor(ana, schedules)
    const about = { task: { id: task.id, key: 'OPS-1', title: 'Pay rent', due } }
    expect(items).toEqual([
      { at: minutes(1440), kind: 'dueSoon', ...about },
      { at: minutes(2850), kind: 'reminder', reminderId: idOf('reminder', 'one'), ...about },
      { at: minutes(2880), kind: 'due', ...about },
      { at: '2026-11-24T09:00:00.000Z', kind: 'overdue', ...about },
    ])
    expect(
      (await scheduledFor(ana, schedules, { now: minutes(2880) })).items.map(({ kind }) => kind),
    ).toEqual(['overdue'])
  })

  test('knows of a task of others what one has set oneself, and no more', async () => {
    const reminders = [
      reminder('mine', 30, ana.userId),
      reminder('all', 20),
      reminder('bens', 10, userOf('ben')),
    ]
    const { schedules } = await written([aTask({ due, assigneeIds: [userOf('cleo')], reminders })])
    const ids = async (member: Member) =>
      (await scheduledFor(member, schedules)).items.map(({ reminderId, kind }) => reminderId ?? kind)
    expect(await ids(ana)).toEqual([idOf('reminder', 'mine')])
    expect(await ids(aMember({ role: 'guest' }))).toEqual([])
    expect(await ids(aMember({ userId: userOf('owner') }))).toEqual([])
    expect(await ids(aMember({ userId: userOf('cleo') }))).toEqual([
      'dueSoon',
      idOf('reminder', 'all'),
      'due',
      'overdue',
    ])
  })

  test('follows a role that a project takes away', async () => {
    const task = aTask({ due, assigneeIds: [userOf('ben')], reminders: [reminder('mine', 30, ana.userId)] })
    const { schedules } = await written([task])
    expect((await scheduledFor(ana, schedules)).items).toHaveLength(1)
    const narrowed = aMember({ projectRoles: { [projectId]: 'guest' } })
    expect((await scheduledFor(narrowed, schedules)).items).toEqual([])
  })

  test('is complete up to 300 tasks, and says so where there are more', async () => {
    const many = Array.from({ length: 301 }, (_, n) =>
      aTask({ due, id: idOf('task', `${n}`), key: `OPS-${n}`, assigneeGroupIds: [pilots] }),
    )
    const { schedules, stores, drain } = await written(many)
    const partial = await scheduledFor(ana, schedules, { limit: 100 })
    expect(partial.items).toHaveLength(900)
    expect(partial.complete).toBe(false)
    const done = revise(
      many[7] as Task,
      { status: 'done' },
      { userId: ana.userId, now: minutes(1), zone: 'UTC' },
    )
    await stores.tasks.replace(done)
    await drain()
    const whole = await scheduledFor(ana, schedules, { limit: 100 })
    expect(whole.items).toHaveLength(900)
    expect(whole.complete).toBe(true)
  })
})
