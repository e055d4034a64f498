import type { LifeState, Sort, Status, TaskRow } from '../../api/schemas/task.ts'
import { may, ofProject } from '../access/target.ts'
import { invalidField, notFound } from '../failure.ts'
import type { ListOwner, ListPage, ListRequest, Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { checkFilters, filtersOf, passes } from './fieldFilters.ts'
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
  isShown: (row: TaskRow, call: Call<PersonAsk>) => boolean,
): PersonCase => ({
  load: async (ask, { tasks }) => {
    const { query } = ask
    const { workspaceId, userId } = ask.params
    const owner = userId === '@me' ? ask.userId : userId
    if (query.sort === 'rank') throw invalidField('?sort', 'must not be rank: only projects have an order')
    return { owner, rows: await tasks.list(listRequest(ask, listOwner(owner), workspaceId)) }
  },
  // A guest may list what is the guest's, and nobody else's.
  about: ({ owner }) => ({ owners: [owner] }),
  run: async (call, { rows }) => {
    const { body, ...rest } = page(rows)
    return { ...rest, body: { ...body, items: body.items.filter((row) => isShown(row, call)) } }
  },
})

const isReadable = (row: TaskRow, { member }: Call): boolean => may(member, 'task.read', aboutRow(row))

export const listAssignedTasks = listOf((assigneeId) => ({ assigneeId }), isReadable)

/** One's own list needs no second look: a row does not say whom its task is shared with. */
export const listSharedTasks = listOf(
  (sharedWith) => ({ sharedWith }),
  (row, call) => ['@me', call.ask.userId].includes(call.ask.params.userId) || isReadable(row, call),
)
