import { createProject, listProjects } from '../../shared/api/routes/projects.ts'
import { createWorkspace, listWorkspaces } from '../../shared/api/routes/workspaces.ts'
import { type Api, isRefusal } from './api.ts'
import { markOf, type Plan } from './plan.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string | undefined
}

/** The first item of a paged list that fits. */
async function find<Item>(
  pageBehind: (cursor: { cursor?: string }) => Promise<Page<Item>>,
  fits: (item: Item) => boolean,
): Promise<Item | undefined> {
  for (let cursor: { cursor?: string } = {}; ; ) {
    const { items, next } = await pageBehind(cursor)
    const found = items.find(fits)
    if (found !== undefined || next === undefined) return found
    cursor = { cursor: new URL(next, 'http://any').searchParams.get('cursor') ?? '' }
  }
}

/** The workspace of that name that the caller owns; made when there is none. */
export async function findOrFoundWorkspace(api: Api, plan: Plan, zone: string): Promise<string> {
  const name = plan.workspaceName
  const mine = await find(
    (cursor) => api.call(listWorkspaces, { query: cursor }),
    ({ workspaceName, role }) => workspaceName === name && role === 'owner',
  )
  if (mine !== undefined) return mine.workspaceId
  const headers = { 'idempotency-key': `trello:workspace:${plan.boardId}` }
  return (await api.call(createWorkspace, { body: { name, zone }, headers })).id
}

const manyKeys = 99

/** The project that an earlier import of this board made; made when there is none, under a key that is free. */
export async function findOrCreateProject(api: Api, workspaceId: string, plan: Plan): Promise<string> {
  const params = { workspaceId }
  const mark = markOf(plan.boardId)
  const known = await find(
    (cursor) => api.call(listProjects, { params, query: cursor }),
    ({ description }) => description.includes(mark),
  )
  if (known !== undefined) return known.id
  for (let number = 1; ; number++) {
    const key = number === 1 ? plan.project.key : `${plan.project.key}${number}`
    const headers = { 'idempotency-key': `trello:project:${plan.boardId}:${key}` }
    try {
      return (await api.call(createProject, { params, body: { ...plan.project, key }, headers })).id
    } catch (error) {
      if (!isRefusal(error, 'conflict') || number === manyKeys) throw error
    }
  }
}
