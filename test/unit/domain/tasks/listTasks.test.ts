import { describe, expect, test } from 'vitest'
import type { LifeState, Sort } from '../../../../shared/api/schemas/task.ts'
import type { ListRequest, Stores } from '../../../../shared/domain/ports.ts'
import { listAssignedTasks, listProjectTasks } from '../../../../shared/domain/tasks/listTasks.ts'
import { rowOf } from '../../../../shared/domain/tasks/present.ts'
import type { Call } from '../../../../shared/domain/useCase.ts'
import type { Member } from '../../../../shared/domain/workspaces/workspace.ts'
import { aMember, anAsk, aPerson, aTask, projectId, userOf, workspaceId } from '../support/builders.ts'

const query = {
  status: ['open'] as const,
  sort: 'created' as Sort,
  direction: 'asc' as const,
  state: 'active' as LifeState,
  limit: 2,
  dueFrom: undefined as string | undefined,
  dueBefore: undefined as string | undefined,
}
const row = rowOf(aTask())

/** Stores that remember what was asked of the list. */
const storesWith = (more: boolean, project: object | undefined = {}, member?: Member) => {
  const asked: ListRequest[] = []
  const list = async (request: ListRequest) => {
    asked.push(request)
    return {
      rows: [
        { row, position: 'p1' },
        { row, position: 'p2' },
      ],
      more,
    }
  }
  const stores = {
    tasks: { list },
    projects: { project: async () => project },
    workspaces: { member: async () => member },
  } as unknown as Stores
  return { asked, stores }
}
const projectAsk = (changes: Partial<typeof query> = {}) =>
  anAsk({ params: { workspaceId, projectId }, query: { ...query, ...changes }, body: undefined })
const callOf = <A>(ask: A) => ({ ask, person: aPerson(), member: aMember() }) as Call<never>

describe('a page', () => {
  test('goes on behind its last row while there is more', async () => {
    for (const more of [true, false]) {
      const { stores } = storesWith(more)
      const ask = projectAsk()
      const loaded = await listProjectTasks.load?.(ask, stores)
      const outcome = await listProjectTasks.run(callOf(ask), loaded as never, stores)
      expect(outcome.nextPosition).toBe(more ? 'p2' : undefined)
      expect(outcome.body).toEqual({ items: [row, row] })
    }
  })

  test('of a project that does not exist is not found', async () => {
    const { stores } = storesWith(false)
    const loaded = { project: undefined, rows: { rows: [], more: false } }
    await expect(listProjectTasks.run(callOf(projectAsk()), loaded, stores)).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('bounds of the due date', () => {
  test('need the sort that serves them', async () => {
    const { stores, asked } = storesWith(false)
    for (const bound of [{ dueFrom: '2026-01-01T00:00:00Z' }, { dueBefore: '2026-01-01T00:00:00Z' }]) {
      await expect(listProjectTasks.load?.(projectAsk(bound), stores)).rejects.toMatchObject({
        code: 'invalid-request',
        errors: [{ pointer: '?sort' }],
      })
    }
    expect(asked).toEqual([])
  })

  test('may not be the wrong way round', async () => {
    const { stores, asked } = storesWith(false)
    const load = (dueFrom: string, dueBefore: string) =>
      listProjectTasks.load?.(projectAsk({ sort: 'due', dueFrom, dueBefore }), stores)
    await expect(load('2026-12-10T00:00:01Z', '2026-12-10T00:00:00.5Z')).rejects.toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '?dueBefore' }],
    })
    expect(asked).toEqual([])
    await load('2026-12-10T00:00:00Z', '2026-12-10T00:00:00.000Z')
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['2026-12-10T00:00:00Z', '2026-12-10T00:00:00.000Z'],
    ['2026-12-10T00:00Z', '2026-12-10T00:00:00.000Z'],
    ['2026-12-10T00:00:00.5Z', '2026-12-10T00:00:00.500Z'],
  ])('%s is written as the instants it is compared with', async (given, compared) => {
    const { stores, asked } = storesWith(false)
    await listProjectTasks.load?.(projectAsk({ sort: 'due', dueFrom: given, dueBefore: given }), stores)
    expect(asked).toEqual([expect.objectContaining({ dueFrom: compared, dueBefore: compared })])
  })
})

describe('tasks of an assignee', () => {
  test.each(['@me', userOf('ben')])('%s: own is what is assigned to the caller', async (userId) => {
    const { stores, asked } = storesWith(false)
    const ask = anAsk({ params: { workspaceId, userId }, query, body: undefined })
    const loaded = await listAssignedTasks.load?.(ask, stores)
    const assigneeId = userId === '@me' ? userOf('ana') : userOf('ben')
    expect(asked[0]?.of).toEqual({ assigneeId })
    expect(listAssignedTasks.about?.(loaded as never, {} as never)).toEqual({ owners: [assigneeId] })
  })
})

test.each([
  [1, 5, 50, 50],
  [2, 5, 50, 49],
  [3, 5, 50, 32],
  [50, 5, 50, 1],
  [50, 1, 50, 9],
  [1, 5, 2, 2],
])(
  'of %i groups by %i statuses, %i rows a page, %i of each group are read',
  async (count, statuses, limit, read) => {
    const groupIds = Array.from({ length: count }, (_, n) => `grp_${n}`)
    const { stores, asked } = storesWith(false, {}, aMember({ groupIds }))
    const status = ['open', 'in_progress', 'blocked', 'done', 'cancelled'].slice(0, statuses) as ['open']
    const ask = anAsk({
      params: { workspaceId, userId: '@me' },
      query: { ...query, status, limit },
      body: undefined,
    })
    await listAssignedTasks.load?.(ask, stores)
    expect(asked[0]).toMatchObject({ of: { assigneeId: userOf('ana') }, limit })
    expect(asked.slice(1).map(({ of, limit }) => [of, limit])).toEqual(
      groupIds.map((groupId) => [{ groupId }, read]),
    )
    // The store reads one more of each status.
    const rows = count * statuses * (read + 1)
    expect(rows).toBeLessThanOrEqual(500)
  },
)

test.each(['active', 'archived', 'trashed'] as const)('a list of what is %s asks for that', async (state) => {
  const { stores, asked } = storesWith(false)
  await listProjectTasks.load?.(projectAsk({ state }), stores)
  const ask = anAsk({ params: { workspaceId, userId: '@me' }, query: { ...query, state }, body: undefined })
  await listAssignedTasks.load?.(ask, stores)
  expect(asked.map(({ life }) => life)).toEqual([state, state])
})

test('an assignee’s tasks come from many projects and have no order of their own', async () => {
  const { stores, asked } = storesWith(false)
  const params = { workspaceId, userId: '@me' }
  const ask = anAsk({ params, query: { ...query, sort: 'rank' as Sort }, body: undefined })
  await expect(listAssignedTasks.load?.(ask, stores)).rejects.toMatchObject({
    code: 'invalid-request',
    errors: [{ pointer: '?sort' }],
  })
  expect(asked).toEqual([])
})
