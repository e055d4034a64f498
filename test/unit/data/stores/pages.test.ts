import { describe, expect, test } from 'vitest'
import { historyCodec, recordStore } from '../../../../shared/data/stores/history.ts'
import { projectCodec, projectStore } from '../../../../shared/data/stores/projects.ts'
import { workspaceStore } from '../../../../shared/data/stores/workspaces.ts'
import { memberCodec } from '../../../../shared/data/stores/workspacesByKey.ts'
import { unshaped } from '../../../../shared/domain/projects/project.ts'
import { aMember, idOf, iso, start, userOf, workspaceId } from '../../domain/support/builders.ts'
import { memoryTable } from '../support/memoryTable.ts'

const count = 6
const names = Array.from({ length: count }, (_, n) => `n${n}`)
const taskId = idOf('task', 'one')

/** A table with six of everything that is listed, and a page size that stands for DynamoDB's megabyte. */
const filled = async (pageSize?: number) => {
  const { table } = memoryTable(pageSize)
  for (const [n, name] of names.entries()) {
    await table.put(memberCodec.encode(aMember({ userId: userOf(name) })))
    await table.put(memberCodec.encode(aMember({ workspaceId: idOf('workspace', name) })))
    const id = idOf('project', name)
    const project = { id, workspaceId, key: 'K', name, description: '', version: 1, ...unshaped(id) }
    const stamps = { createdAt: iso(start), createdBy: '', updatedAt: iso(start), updatedBy: '' }
    await table.put(projectCodec.encode({ ...project, ...stamps }))
    const event = {
      workspaceId,
      taskId,
      taskVersion: n + 1,
      sequence: n + 1,
      at: iso(start),
      by: null,
      changes: [],
      cause: null,
    }
    await table.put(historyCodec.encode({ ...event, type: 'task.changed' }))
  }
  return table
}
type Page = (limit: number, after: string | undefined) => Promise<{ items: readonly string[]; more: boolean }>
const pagesOf = async (pageSize?: number): Promise<[string, Page][]> => {
  const table = await filled(pageSize)
  const [workspaces, projects, records] = [workspaceStore(table), projectStore(table), recordStore(table)]
  return [
    [
      'members',
      async (limit, after) => {
        const { items, more } = await workspaces.members(workspaceId, limit, after)
        return { items: items.map(({ userId }) => userId), more }
      },
    ],
    [
      'memberships',
      async (limit, after) => {
        const { items, more } = await workspaces.memberships(userOf('ana'), limit, after)
        return { items: items.map((item) => item.workspaceId), more }
      },
    ],
    [
      'projects',
      async (limit, after) => {
        const { items, more } = await projects.projects(workspaceId, limit, after)
        return { items: items.map(({ id }) => id), more }
      },
    ],
    [
      'history',
      async (limit, after) => {
        const before = after === undefined ? undefined : Number(after)
        const { items, more } = await records.history(workspaceId, taskId, limit, before)
        return { items: items.map(({ taskVersion }) => String(taskVersion)), more }
      },
    ],
  ]
}

/** All pages, as a client follows them. */
const follow = async (page: Page, limit: number): Promise<string[][]> => {
  const pages: string[][] = []
  let after: string | undefined
  for (;;) {
    const { items, more } = await page(limit, after)
    pages.push([...items])
    if (!more) return pages
    after = items.at(-1)
  }
}

describe.each(['members', 'memberships', 'projects', 'history'])('pages of %s', (name) => {
  const pageOf = async (pageSize?: number) =>
    (await pagesOf(pageSize)).find(([one]) => one === name)?.[1] as Page

  test.each([1, 2, 3, 4, 5, 6, 7, 100])('of %i hold each once, and the last has no next', async (limit) => {
    const pages = await follow(await pageOf(), limit)
    expect(new Set(pages.flat()).size).toBe(count)
    expect(pages.flat()).toHaveLength(count)
    expect(pages).toHaveLength(Math.ceil(count / limit))
    const sorted = [...pages.flat()].sort()
    expect(pages.flat()).toEqual(name === 'history' ? sorted.reverse() : sorted)
  })

  test('that DynamoDB cuts short lose nothing', async () => {
    const pages = await follow(await pageOf(2), 5)
    expect([...pages.flat()].sort()).toEqual([...new Set(pages.flat())].sort())
    expect(pages.flat()).toHaveLength(count)
  })
})
