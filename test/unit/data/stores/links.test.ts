import { describe, expect, test } from 'vitest'
import { statuses } from '../../../../shared/api/schemas/task.ts'
import { rollupKey } from '../../../../shared/data/keys.ts'
import type { ListOwner, ListRequest } from '../../../../shared/domain/ports.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import { rowOf } from '../../../../shared/domain/tasks/present.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { aTask, idOf, minutes, projectId, userOf, workspaceId } from '../../domain/support/builders.ts'
import { followedTable } from '../support/followedTable.ts'

const further = idOf('project', 'further')
const parentId = idOf('task', 'parent')
const ana = { assigneeId: userOf('ana') }
const owners: [string, ListOwner][] = [
  ['an assignee', ana],
  ['a further project', { projectId: further }],
  ['the task above it', { parentId }],
]
/** A task that three lists besides its own project's show. */
const listed = aTask({
  assigneeIds: [userOf('ana')],
  parentId,
  ancestorIds: [parentId],
  ranks: { [projectId]: 'h2', [further]: 'h1' },
})

const startTable = async (...first: Task[]) => {
  const followed = followedTable()
  const { tasks } = followed.stores
  for (const task of [aTask({ id: parentId, key: 'OPS-9' }), ...first]) await tasks.add(task)
  await followed.drain()
  const edit = async (changes: Partial<Task>, at = 1) => {
    const task = (await tasks.task(workspaceId, listed.id)) as Task
    await tasks.replace(revise(task, changes, { userId: userOf('ben'), now: minutes(at), zone: 'UTC' }))
  }
  const list = async (of: ListOwner, changes: Partial<ListRequest> = {}) => {
    const request = {
      workspaceId,
      of,
      life: 'active',
      statuses,
      sort: 'created',
      descending: false,
      limit: 50,
    } as const
    return (await tasks.list({ ...request, ...changes })).rows.map(({ row }) => row)
  }
  return { ...followed, edit, list }
}

describe.each(owners)('the list of %s', (_name, owner) => {
  test('shows the task as its own project does, and follows it', async () => {
    const { list, edit, drain } = await startTable(listed)
    expect(await list(owner)).toEqual([rowOf(listed)])
    await edit({ title: 'x', status: 'done' })
    await drain()
    const rows = await list(owner)
    expect(rows).toEqual(await list({ projectId }, { statuses: ['done'] }))
    expect(rows).toMatchObject([{ title: 'x', status: 'done', completedAt: minutes(1) }])
  })

  test('shows it in the archive and in the trash only when asked for those', async () => {
    const { list, edit, drain } = await startTable(listed)
    const lives = async () => {
      const all = await Promise.all(
        (['active', 'archived', 'trashed'] as const).map((life) => list(owner, { life })),
      )
      return all.map((rows) => rows.length)
    }
    await edit({ archivedAt: minutes(1), archivedWith: listed.id })
    await drain()
    expect(await lives()).toEqual([0, 1, 0])
    await edit({ trashedAt: minutes(2), trashedWith: listed.id }, 2)
    await drain()
    expect(await lives()).toEqual([0, 0, 1])
    await edit({ trashedAt: null, trashedWith: null, archivedAt: null, archivedWith: null }, 3)
    await drain()
    expect(await lives()).toEqual([1, 0, 0])
  })

  test('shows it no more once it does not belong there', async () => {
    const { list, edit, drain, itemsOf } = await startTable(listed)
    await edit({ assigneeIds: [], parentId: null, ancestorIds: [], ranks: { [projectId]: 'h2' } })
    await drain()
    expect(await list(owner)).toEqual([])
    expect(itemsOf('link')).toEqual([])
  })

  test('loses it with the task', async () => {
    const { list, table, drain, itemsOf } = await startTable(listed)
    const item = itemsOf('task').find(({ id }) => id === listed.id)
    if (item !== undefined) await table.delete({ PK: item.PK, SK: item.SK }, { present: true })
    await drain()
    expect(await list(owner, { life: 'trashed' })).toEqual([])
    expect(itemsOf('link')).toEqual([])
  })
})

describe('the order of a list', () => {
  test('in a project is that of the ranks there, each project its own', async () => {
    const other = aTask({
      id: idOf('task', 'other'),
      key: 'OPS-2',
      ranks: { [projectId]: 'h1', [further]: 'h2' },
    })
    const { list } = await startTable(listed, other)
    const idsOf = async (of: ListOwner) => (await list(of, { sort: 'rank' })).map(({ id }) => id)
    expect(await idsOf({ projectId: further })).toEqual([listed.id, other.id])
    expect((await idsOf({ projectId })).filter((id) => id !== parentId)).toEqual([other.id, listed.id])
  })

  test('of an assignee has no rank, and a link of one stands in no index of ranks', async () => {
    const { list } = await startTable(listed)
    expect(await list(ana, { sort: 'rank' })).toEqual([])
    expect(await list({ parentId }, { sort: 'rank' })).toHaveLength(1)
  })
})

test('the tasks above a task add up what is below them', async () => {
  const child = aTask({ id: idOf('task', 'child'), key: 'OPS-3', parentId: listed.id, estimateMinutes: 30 })
  const below = { ...child, ancestorIds: [parentId, listed.id] }
  const { table, edit, drain } = await startTable({ ...listed, estimateMinutes: 15 }, below)
  const rollup = async (id: string) => table.get(rollupKey(workspaceId, id))
  expect(await rollup(parentId)).toMatchObject({ subtasks: 2, estimateMinutes: 45 })
  expect(await rollup(listed.id)).toMatchObject({ subtasks: 1, estimateMinutes: 30 })
  await edit({ status: 'done' })
  await drain()
  expect(await rollup(parentId)).toMatchObject({ subtasks: 2, done: 1 })
  expect((await rollup(listed.id))?.done ?? 0).toBe(0)
})

test('subtasks are found page by page, whatever their state, and those of no other task', async () => {
  const children = Array.from({ length: 7 }, (_, n) =>
    aTask({
      id: idOf('task', `child ${n}`),
      key: `OPS-${n + 20}`,
      parentId,
      ancestorIds: [parentId],
      status: statuses[n % statuses.length] ?? 'open',
      trashedAt: n % 2 === 0 ? minutes(1) : null,
    }),
  )
  const other = aTask({
    id: idOf('task', 'nephew'),
    key: 'OPS-30',
    parentId: listed.id,
    ancestorIds: [parentId, listed.id],
  })
  const { stores } = await startTable(listed, other, ...children)
  const found: string[] = []
  let after: string | undefined
  do {
    const { items, more } = await stores.tasks.children(workspaceId, parentId, 3, after)
    expect(items.length).toBeLessThanOrEqual(3)
    found.push(...items)
    after = more ? items.at(-1) : undefined
  } while (after !== undefined)
  expect([...found].sort()).toEqual([listed.id, ...children.map(({ id }) => id)].sort())
})
