import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorities, statuses, type TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { applyPatch, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'

type Step = { readonly patch: TaskPatch } | 'trash' | 'purge' | 'machinery'
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: arbitrary.patch.map((patch) => ({ patch })) },
  { weight: 1, arbitrary: fc.constantFrom('trash' as const, 'purge' as const, 'machinery' as const) },
)
const who = fc.constantFrom('owner', 'ana', 'ben')

const next = (task: Task, how: Step, userId: string, now: string): Task | undefined => {
  if (how === 'purge') return undefined
  if (how === 'trash') return task.trashedAt === null ? trash(task, { userId, now, zone: 'UTC' }) : task
  if (how === 'machinery') return { ...task, remindedUntil: now, revision: task.revision + 1 }
  return task.trashedAt === null ? applyPatch(task, how.patch, { userId, now, zone: 'UTC' }) : task
}

/** Every state of one task, from its creation on; ends when it is purged. */
const historyOf = (first: Task, steps: readonly (readonly [Step, string])[]): (Task | undefined)[] => {
  const states: (Task | undefined)[] = [undefined, first]
  steps.forEach(([how, name], n) => {
    const last = states.at(-1)
    if (last !== undefined) states.push(next(last, how, userOf(name), minutes(n + 1)))
  })
  return states
}
const histories = fc
  .array(fc.tuple(arbitrary.task, fc.array(fc.tuple(step, who), { maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map(([task, steps], n) => historyOf({ ...task, id: idOf('task', `t${n}`) }, steps)))
const pairs = (states: readonly (Task | undefined)[]) =>
  states.slice(1).map((state, n) => [states[n], state] as const)
const isListed = (task: Task | undefined): task is Task => task !== undefined && task.trashedAt === null

describe('what follows from any history', () => {
  test('counters equal a count over what is listed, after every step', () => {
    fc.assert(
      fc.property(histories, (all) => {
        const total: Record<string, number> = {}
        const add = (name: string, amount: number) => {
          total[name] = (total[name] ?? 0) + amount
        }
        for (const states of all) {
          for (const [before, now] of pairs(states)) {
            const tally = consequencesOf(before, now)?.tally
            add('total', tally?.total ?? 0)
            for (const status of statuses) add(status, tally?.status[status] ?? 0)
            for (const priority of priorities) add(`p:${priority}`, tally?.priority[priority] ?? 0)
          }
        }
        const listed = all.map((states) => states.at(-1)).filter(isListed)
        const counted = Object.fromEntries([
          ['total', listed.length],
          ...statuses.map((status) => [status, listed.filter((task) => task.status === status).length]),
          ...priorities.map((one) => [`p:${one}`, listed.filter((task) => task.priority === one).length]),
        ])
        expect(total).toEqual(counted)
      }),
    )
  })

  test('lists of assignees hold a task exactly while it is listed and theirs', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const states of all) {
          const holders = new Set<string>()
          for (const [before, now] of pairs(states)) {
            const follows = consequencesOf(before, now)
            for (const userId of follows?.unassigned ?? []) holders.delete(userId)
            for (const userId of follows?.listed?.assigneeIds ?? []) holders.add(userId)
            expect(holders).toEqual(new Set(isListed(now) ? now.assigneeIds : []))
            if (follows !== undefined) expect(follows.listed).toBe(isListed(now) ? now : null)
          }
        }
      }),
    )
  })

  test('notices go to whoever has just been assigned, never to the one who did it, never twice', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const [before, now] of all.flatMap(pairs)) {
          const told = (consequencesOf(before, now)?.notices ?? []).map((notice) => {
            expect(notice).toMatchObject({ kind: 'assigned', taskId: now?.id, by: now?.updatedBy })
            return 'userId' in notice ? notice.userId : ''
          })
          const fresh = isListed(now)
            ? now.assigneeIds.filter(
                (userId) => userId !== now.updatedBy && !before?.assigneeIds.includes(userId),
              )
            : []
          expect(told).toEqual(fresh)
        }
      }),
    )
  })

  test('each version has one event, and what it says leads from one state to the next', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const states of all) {
          const events = pairs(states).flatMap(([before, now]) => consequencesOf(before, now)?.event ?? [])
          expect(events.map(({ taskVersion }) => taskVersion)).toEqual(events.map((_, n) => n + 1))
          for (const { type, changes } of events.slice(1)) {
            expect(['task.changed', 'task.deleted', 'task.purged']).toContain(type)
            for (const { from, to } of changes) expect(from).not.toEqual(to)
          }
        }
      }),
    )
  })
})

describe('events', () => {
  test('a creation says what was given: empty fields are no change', () => {
    const { event } = consequencesOf(undefined, aTask({ tags: ['x'] })) ?? {}
    expect(event).toMatchObject({ type: 'task.created', taskVersion: 1, by: userOf('owner') })
    expect(event?.changes).toEqual([
      { field: 'title', from: null, to: 'Pay rent' },
      { field: 'status', from: null, to: 'open' },
      { field: 'priority', from: null, to: 'none' },
      { field: 'tags', from: null, to: ['x'] },
    ])
  })

  test('what happens to the trash and what the table drops are events of their own', () => {
    const before = aTask({ assigneeIds: [userOf('ana')] })
    const trashed = trash(before, { userId: userOf('ben'), now: minutes(1), zone: 'UTC' })
    expect(consequencesOf(before, trashed)).toMatchObject({
      event: { type: 'task.deleted', by: userOf('ben'), changes: [] },
      tally: { total: -1, status: { open: -1 }, priority: { none: -1 } },
      unassigned: [userOf('ana')],
      notices: [],
    })
    expect(consequencesOf(trashed, undefined)).toMatchObject({
      event: { type: 'task.purged', by: null, taskVersion: 3, changes: [] },
      tally: { total: 0 },
      unassigned: [],
    })
  })

  test('what people do not see has no consequences', () => {
    const task = aTask()
    expect(consequencesOf(task, { ...task, remindedUntil: minutes(5), revision: 2 })).toBeUndefined()
    expect(consequencesOf(task, { ...task, key: 'OPS-2', revision: 2 })).toBeUndefined()
    expect(consequencesOf(undefined, undefined)).toBeUndefined()
    expect(iso(start)).toBe(task.createdAt)
  })
})
