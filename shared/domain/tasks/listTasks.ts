import type { LifeState, Sort, Status, TaskRow } from '../../api/schemas/task.ts'
import { may, ofProject } from '../access/target.ts'
import { invalidField, notFound } from '../failure.ts'
import type { ListOwner, ListPage, ListRequest, Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { checkFilters, filtersOf, passes } from './fieldFilters.ts'
import { mergePages } from './mergePages.ts'
import { aboutRow } from './present.ts'

export interface ListQuery {
  readonly status: readonly Status[]
  readonly sort: Sort
  readonly direction: 'asc' | 'desc'
  readonly state: LifeState
  readonly dueFrom?: string | undefined
  readonly dueBefore?: string | undefined
  readonly limit: number
}
interface Page {
  items: TaskRow[]
  next?: string
}

/** An instant as the store writes it, so that texts compare as their times do: always with milliseconds. */
const comparable = (instant: string | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString()

/** Bounds of the due date; they need the sort that serves them, and the right order. */
const dueBounds = ({ sort, ...query }: ListQuery): Pick<ListRequest, 'dueFrom' | 'dueBefore'> => {
  const [dueFrom, dueBefore] = [comparable(query.dueFrom), comparable(query.dueBefore)]
  if (sort !== 'due' && (dueFrom ?? dueBefore) !== undefined) {
    throw invalidField('?sort', 'must be due when the list is filtered by due')
  }
  if (dueFrom !== undefined && dueBefore !== undefined && dueBefore < dueFrom) {
    throw invalidField('?dueBefore', 'must not be earlier than dueFrom')
  }
  return { dueFrom, dueBefore }
}

/** The list that a query asks for. */
export const listRequest = (
  { query, position }: Ask<unknown, ListQuery>,
  of: ListRequest['of'],
  workspaceId: string,
): ListRequest => ({
  workspaceId,
  of,
  life: query.state,
  statuses: query.status,
  sort: query.sort,
  descending: query.direction === 'desc',
  ...dueBounds(query),
  position,
  limit: query.limit,
})

/** A page of rows, and where the next one begins. */
export const page = ({ rows, more, reached }: ListPage) => ({
  body: { items: rows.map(({ row }) => row) },
  nextPosition: more ? (reached ?? rows.at(-1)?.position) : undefined,
})

type ProjectAsk = Ask<
  { workspaceId: string; projectId: string },
  ListQuery & { readonly customField?: readonly string[] | undefined }
>

interface ProjectLoaded {
  readonly project: Pick<Project, 'customFields'> | undefined
  readonly rows: ListPage
}

export const listProjectTasks: UseCase<ProjectAsk, Stores, ProjectLoaded, Page> = {
  load: async (ask, { tasks, projects }) => {
    const { workspaceId, projectId } = ask.params
    const filters = filtersOf(ask.query.customField)
    const [project, rows] = await Promise.all([
      projects.project(workspaceId, projectId),
      tasks.list({
        ...listRequest(ask, { projectId }, workspaceId),
        ...(filters.length > 0 && { where: passes(filters) }),
      }),
    ])
    return { project, rows }
  },
  about: ofProject,
  run: async ({ ask }, { project, rows }) => {
    if (project === undefined) throw notFound()
    checkFilters(filtersOf(ask.query.customField), project.customFields)
    return page(rows)
  },
}

type PersonAsk = Ask<{ workspaceId: string; userId: string }, ListQuery>
type PersonCase = UseCase<PersonAsk, Stores, { owner: string; rows: ListPage }, Page>

/** A list of one person, over tasks of many projects. */
const listOf = (
  listOwner: (userId: string) => ListOwner,
  read: (request: ListRequest, owner: string, stores: Stores) => Promise<ListPage>,
  isShown: (row: TaskRow, call: Call<PersonAsk>) => boolean,
): PersonCase => ({
  load: async (ask, stores) => {
    const { query } = ask
    const { workspaceId, userId } = ask.params
    const owner = userId === '@me' ? ask.userId : userId
    if (query.sort === 'rank') throw invalidField('?sort', 'must not be rank: only projects have an order')
    return { owner, rows: await read(listRequest(ask, listOwner(owner), workspaceId), owner, stores) }
  },
  // A guest may list what is the guest's, and nobody else's.
  about: ({ owner }) => ({ owners: [owner] }),
  run: async (call, { rows }) => {
    const { body, ...rest } = page(rows)
    return { ...rest, body: { ...body, items: body.items.filter((row) => isShown(row, call)) } }
  },
})

const isReadable = (row: TaskRow, { member }: Call): boolean => may(member, 'task.read', aboutRow(row))

/** Rows of groups that are read for one page, in all their lists together. */
const readingBudget = 500

/** Rows of each group: the store reads one more of each status. */
const rowsOfGroup = ({ limit, statuses }: ListRequest, groups: number): number =>
  Math.min(limit, Math.max(1, Math.floor(readingBudget / (groups * statuses.length)) - 1))

/** What is assigned to somebody by name, and to the groups they are in: each task once. */
const readAssigned = async (
  request: ListRequest,
  owner: string,
  { tasks, workspaces }: Stores,
): Promise<ListPage> => {
  const [own, member] = await Promise.all([
    tasks.list(request),
    workspaces.member(request.workspaceId, owner),
  ])
  const { groupIds = [] } = member ?? {}
  if (groupIds.length === 0) return own
  const limit = rowsOfGroup(request, groupIds.length)
  const ofGroups = groupIds.map((groupId) => tasks.list({ ...request, of: { groupId }, limit }))
  return mergePages([own, ...(await Promise.all(ofGroups))], request)
}

export const listAssignedTasks = listOf((assigneeId) => ({ assigneeId }), readAssigned, isReadable)

/** One's own list needs no second look: a row does not say whom its task is shared with. */
export const listSharedTasks = listOf(
  (sharedWith) => ({ sharedWith }),
  (request, _owner, { tasks }) => tasks.list(request),
  (row, call) => ['@me', call.ask.userId].includes(call.ask.params.userId) || isReadable(row, call),
)
