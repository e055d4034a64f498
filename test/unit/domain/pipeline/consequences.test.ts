import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TaskPatch } from '../../../../shared/api/schemas/task.ts'
import { consequencesOf } from '../../../../shared/domain/pipeline/consequences.ts'
import { applyPatch, revise, trash } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import * as arbitrary from '../support/arbitraries.ts'
import { aTask, idOf, iso, minutes, start, userOf } from '../support/builders.ts'

type Step = { readonly patch: TaskPatch } | 'trash' | 'restore' | 'archive' | 'purge' | 'machinery'
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: arbitrary.patch.map((patch) => ({ patch })) },
  { weight: 1, arbitrary: fc.constantFrom('trash', 'restore', 'archive', 'purge', 'machinery') },
)
const who = fc.constantFrom('owner', 'ana', 'ben')

const next = (task: Task, how: Step, userId: string, now: string): Task | undefined => {
  if (how === 'purge') return undefined
  if (how === 'machinery') return { ...task, remindedUntil: now, revision: task.revision + 1 }
  const editor = { userId, now, zone: 'UTC' }
  if (how === 'restore') return revise(task, { trashedAt: null, trashedWith: null }, editor)
  if (task.trashedAt !== null) return task
  if (how === 'trash') return trash(task, editor)
  if (how === 'archive') return revise(task, { archivedAt: now, archivedWith: task.id }, editor)
  return applyPatch(task, how.patch, editor)
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
const isListed = (task: Task | undefined): task is Task =>
  task !== undefined && task.trashedAt === null && task.archivedAt === null

describe('what follows from any history', () => {
  test('links stand for whom and what the task is listed by, in the trash and in the archive too', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const states of all) {
          let standing: string[] = []
          for (const [before, now] of pairs(states)) {
            const follows = consequencesOf(before, now)
            if (follows === undefined) continue
            // As the store does: those of the present state stand, all others that are named go.
            const named = follows.owners.map((owner) => JSON.stringify(owner))
            const present = (now?.assigneeIds ?? []).map((assigneeId) => JSON.stringify({ assigneeId }))
            for (const owner of present) expect(named).toContain(owner)
            standing = [...standing.filter((owner) => !named.includes(owner)), ...present]
            expect(standing.sort()).toEqual(present.sort())
          }
        }
      }),
    )
  })

  test('notices go to whoever has just been assigned, never to the one who did it, never twice', () => {
    fc.assert(
      fc.property(histories, (all) => {
        for (const [before, now] of all.flatMap(pairs)) {
          const notices = consequencesOf(before, now)?.notices ?? []
          const told = notices
            .filter(({ kind }) => kind !== 'status')
            .map((notice) => {
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
            expect(['task.changed', 'task.deleted', 'task.restored', 'task.purged']).toContain(type)
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
    const editor = (at: number) => ({ userId: userOf('ben'), now: minutes(at), zone: 'UTC' })
    const trashed = trash(before, editor(1))
    expect(consequencesOf(before, trashed)).toMatchObject({
      event: {
        type: 'task.deleted',
        by: userOf('ben'),
        changes: [
          { field: 'trashedAt', from: null, to: minutes(1) },
          { field: 'trashedWith', from: null, to: before.id },
        ],
      },
      tallies: { workspace: { total: -1, status: { open: -1 }, priority: { none: -1 } } },
      owners: expect.arrayContaining([{ assigneeId: userOf('ana') }]),
      notices: [],
    })
    const restored = revise(trashed, { trashedAt: null, trashedWith: null }, editor(2))
    expect(consequencesOf(trashed, restored)).toMatchObject({
      event: { type: 'task.restored', by: userOf('ben'), taskVersion: 3 },
      tallies: { workspace: { total: 1, status: { open: 1 }, priority: { none: 1 } } },
      notices: [],
    })
    expect(consequencesOf(trashed, undefined)).toMatchObject({
      event: { type: 'task.purged', by: null, taskVersion: 3, changes: [], cause: null },
      tallies: { workspace: { total: 0 } },
      owners: [{ assigneeId: userOf('ana') }],
    })
  })

  test('a change says what made it, when it was no edit of this task alone', () => {
    const cause = { kind: 'bulk', id: idOf('job', 'one') } as const
    const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }
    const changed = applyPatch(aTask(), { title: 'x' }, { ...editor, cause })
    expect(consequencesOf(aTask(), changed)?.event.cause).toEqual(cause)
    const again = applyPatch(changed, { title: 'y' }, editor)
    expect(consequencesOf(changed, again)?.event.cause).toBeNull()
  })

  test('an entry of a map changes by itself, and says what it was and became', () => {
    const [one, two] = [idOf('customField', 'one'), idOf('customField', 'two')]
    const before = aTask({ customFields: { [one]: 'a', [two]: 'b' } })
    const editor = { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }
    const after = applyPatch(before, { customFields: { [two]: null } }, editor)
    expect(consequencesOf(before, after)?.event.changes).toEqual([
      { field: `customFields/${two}`, from: 'b', to: null },
    ])
  })

  test('what people do not see has no consequences', () => {
    const task = aTask()
    expect(consequencesOf(task, { ...task, remindedUntil: minutes(5), revision: 2 })).toBeUndefined()
    expect(consequencesOf(task, { ...task, key: 'OPS-2', revision: 2 })).toBeUndefined()
    expect(consequencesOf(undefined, undefined)).toBeUndefined()
    expect(iso(start)).toBe(task.createdAt)
  })
})

describe('nobody is mailed for', () => {
  const assigned = { assigneeIds: [userOf('ana')] }
  const noticesOf = (changes: Partial<Task>) =>
    consequencesOf(aTask({ version: 0 }), aTask({ ...assigned, ...changes }))?.notices

  test('what a bulk, a cascade or a recurrence assigns', () => {
    const taskId = idOf('task', 'other')
    expect(noticesOf({ cause: { kind: 'bulk', id: 'job' } })).toEqual([])
    expect(noticesOf({ cause: { kind: 'cascade', taskId } })).toEqual([])
    expect(noticesOf({ cause: { kind: 'recurrence', taskId } })).toEqual([])
    expect(noticesOf({ cause: { kind: 'duplicate', taskId } })).toHaveLength(1)
    expect(noticesOf({ cause: { kind: 'undo', version: 2 } })).toHaveLength(1)
  })

  test('a task in the trash or in the archive', () => {
    expect(noticesOf({ trashedAt: minutes(1) })).toEqual([])
    expect(noticesOf({ archivedAt: minutes(1) })).toEqual([])
  })
})
