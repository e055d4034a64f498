import { describe, expect, test } from 'vitest'
import { roles } from '../../../../shared/api/actions.ts'
import type { JobAction } from '../../../../shared/api/schemas/jobs.ts'
import { mayDo } from '../../../../shared/domain/access/permissions.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { actionsFor, applyOperation, targetOf } from '../../../../shared/domain/jobs/operation.ts'
import type { Tasks } from '../../../../shared/domain/ports.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { newlyAssigned } from '../../../../shared/domain/tasks/telling.ts'
import { aMember, aTask, idOf, minutes, userOf } from '../support/builders.ts'

const userId = userOf('ana')
const operations: JobAction[] = [
  { kind: 'edit', patch: { title: 'x' } },
  { kind: 'edit', patch: { assigneeIds: [] } },
  { kind: 'complete' },
  { kind: 'trash' },
  { kind: 'archive' },
  { kind: 'restore' },
]
const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'allowed'
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}

describe.each(operations.map((operation) => [JSON.stringify(operation), operation] as const))(
  '%s',
  (_, operation) => {
    test.each(roles)('by %s is allowed, refused or not even there as the role has it', (role) => {
      for (const isOwn of [true, false]) {
        const task = aTask({ assigneeIds: isOwn ? [userId] : [] })
        const isAllowed = actionsFor(operation).every((action) => mayDo(role, action, isOwn))
        const refusal = mayDo(role, 'task.read', isOwn) ? 'forbidden' : 'not-found'
        const verdict = codeOf(() => targetOf(task, operation, aMember({ userId, role })))
        expect([isOwn, verdict]).toEqual([isOwn, isAllowed ? 'allowed' : refusal])
      }
    })

    test('finds a task in the trash only to restore it', () => {
      const verdict = codeOf(() =>
        targetOf(aTask({ trashedAt: minutes(1) }), operation, aMember({ role: 'owner' })),
      )
      expect(verdict).toBe(operation.kind === 'restore' ? 'allowed' : 'not-found')
    })
  },
)

test('assigning needs the right to assign besides that to edit', () => {
  expect(actionsFor({ kind: 'edit', patch: { assigneeIds: [] } })).toEqual(['task.edit', 'task.assign'])
  expect(actionsFor({ kind: 'edit', patch: { tags: [] } })).toEqual(['task.edit'])
})

describe('operations', () => {
  const editor = { userId, now: minutes(2), zone: 'UTC' }
  const none = { tasks: { task: async () => undefined } as unknown as Tasks }
  const run = (task: Task, operation: JobAction, stores = none) =>
    applyOperation(task, operation, editor, stores)

  test('do what their names say, and nothing where it is done', async () => {
    const done = await run(aTask(), { kind: 'complete' })
    expect(done).toMatchObject({ status: 'done', completedAt: minutes(2) })
    expect(await run(done, { kind: 'complete' })).toBe(done)
    const archived = await run(aTask(), { kind: 'archive' })
    expect(archived).toMatchObject({ archivedAt: minutes(2), archivedWith: aTask().id })
    expect(await run(archived, { kind: 'archive' })).toBe(archived)
    const trashed = await run(archived, { kind: 'trash' })
    expect(trashed).toMatchObject({ trashedAt: minutes(2), archivedAt: minutes(2) })
    const back = await run(trashed, { kind: 'restore' })
    expect(back).toMatchObject({ trashedAt: null, archivedAt: minutes(2) })
    expect(await run(back, { kind: 'restore' })).toMatchObject({ archivedAt: null })
    const free = aTask()
    expect(await run(free, { kind: 'restore' })).toBe(free)
    expect(await run(free, { kind: 'edit', patch: { title: 'New' } })).toMatchObject({
      title: 'New',
      version: 2,
    })
  })

  test('leave what went into the trash with the task above it there', async () => {
    const above = aTask({ id: idOf('task', 'above'), trashedAt: minutes(1) })
    const along = aTask({ trashedAt: minutes(1), trashedWith: above.id, parentId: above.id })
    const stores = { tasks: { task: async () => above } as unknown as Tasks }
    await expect(run(along, { kind: 'restore' }, stores)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('newly assigned is who was not, but never the one who did it', () => {
    const [before, after] = [
      aTask({ assigneeIds: ['b'] }),
      aTask({ assigneeIds: ['b', 'c', 'd'], updatedBy: 'd' }),
    ]
    expect(newlyAssigned(before, after)).toEqual(['c'])
  })
})
