import type { Status, TaskRow } from '../../api/schemas/task.ts'
import type { ListedTask } from '../../mail/notice.ts'
import { may } from '../access/target.ts'
import type { ListOwner, ListRequest, Tasks } from '../ports.ts'
import { isAssignee } from '../tasks/assignees.ts'
import { listPages } from '../tasks/listPages.ts'
import { aboutRow, rowOf } from '../tasks/present.ts'
import { aboutTask, lifeOf, type Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'

const openStatuses: readonly Status[] = ['open', 'in_progress', 'blocked']

/** Tasks of one list that a summary looks at, at most: it counts as far as that. */
const most = 1_000
const pageSize = 250

/** Lists in which the tasks of somebody stand: their own, and those of their groups. */
const listsOf = ({ userId, groupIds = [] }: Member): ListOwner[] => [
  { assigneeId: userId },
  ...groupIds.map((groupId) => ({ groupId })),
]

interface Span {
  readonly from: string
  readonly before: string
}

type Wanted = Pick<ListRequest, 'life' | 'statuses' | 'sort' | 'descending' | 'dueBefore'>

/** Rows of one list, for as long as they are wanted, and as far as a summary looks. */
const rowsOf = async (
  list: Omit<ListRequest, 'limit' | 'position'>,
  isWanted: (position: string) => boolean,
  tasks: Pick<Tasks, 'list'>,
): Promise<TaskRow[]> => {
  const all: TaskRow[] = []
  for await (const rows of listPages({ ...list, limit: pageSize }, tasks)) {
    const wanted = rows.filter(({ position }) => isWanted(position))
    all.push(...wanted.map(({ row }) => row))
    if (wanted.length < rows.length || all.length >= most) break
  }
  return all
}

/** Tasks of somebody that they may still read, each once, in the order of the lists. */
const assigned = async (
  member: Member,
  wanted: Wanted,
  tasks: Pick<Tasks, 'list'>,
  isWanted: (position: string) => boolean = () => true,
): Promise<TaskRow[]> => {
  const { workspaceId } = member
  const lists = await Promise.all(
    listsOf(member).map((of) => rowsOf({ ...wanted, workspaceId, of }, isWanted, tasks)),
  )
  const rows = new Map(lists.flat().map((row) => [row.id, row]))
  return [...rows.values()].filter((row) => may(member, 'task.read', aboutRow(row)))
}

const dueFirst = (a: TaskRow, b: TaskRow): number => ((a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1)

/** Whether a task is one of those that somebody has to do. */
export const isOpen = (task: Task): boolean => lifeOf(task) === 'active' && openStatuses.includes(task.status)

/** Whether a task was completed in a span of time (`from` included), archived since or not. */
export const isCompletedIn =
  ({ from, before }: Span) =>
  (task: Pick<Task, 'status' | 'completedAt' | 'trashedAt'>): boolean =>
    task.trashedAt === null &&
    task.status === 'done' &&
    task.completedAt !== null &&
    task.completedAt >= from &&
    task.completedAt < before

/** Open tasks of somebody, what is due first coming first; only what is due before an instant, if one is given. */
export const openTasksOf = async (
  member: Member,
  tasks: Pick<Tasks, 'list'>,
  dueBefore?: string,
): Promise<TaskRow[]> => {
  const wanted = {
    life: 'active',
    statuses: openStatuses,
    sort: 'due',
    descending: false,
    dueBefore,
  } as const
  return (await assigned(member, wanted, tasks)).sort(dueFirst)
}

/** Tasks of somebody that were completed in a span of time, latest first. */
export const completedBy = async (
  member: Member,
  tasks: Pick<Tasks, 'list'>,
  span: Span,
): Promise<TaskRow[]> => {
  // What was completed since then was changed since then.
  const lives = await Promise.all(
    (['active', 'archived'] as const).map((life) =>
      assigned(
        member,
        { life, statuses: ['done'], sort: 'updated', descending: true },
        tasks,
        (position) => position >= span.from,
      ),
    ),
  )
  return lives
    .flat()
    .filter(isCompletedIn(span))
    .sort((a, b) => ((a.completedAt ?? '') > (b.completedAt ?? '') ? -1 : 1))
}

/** As many tasks as a mail lists; it says how many there are. */
const mostListed = 20

/** Those of a list that a mail shows. */
export const shownOf = (rows: readonly TaskRow[]): readonly TaskRow[] => rows.slice(0, mostListed)

/** Rows of lists, of which some were read again. */
interface Looked {
  readonly rows: readonly TaskRow[]
  /** Those that say what the tasks are now. */
  readonly sure: ReadonlySet<TaskRow>
}

/**
 * Lists trail the tasks, and a mail is not to tell of one that was taken from the person meanwhile. Reads those again
 * that it shows: each row says what its task is now, and is left out where that is none of the person's any more, not
 * for them to read, or not in the state that the list is about. The others of the rows are only counted.
 */
export const lookAgain = async (
  { rows, shown }: { readonly rows: readonly TaskRow[]; readonly shown: readonly TaskRow[] },
  { member, is }: { readonly member: Member; readonly is: (task: Task) => boolean },
  tasks: Pick<Tasks, 'task'>,
): Promise<Looked> => {
  const present = await Promise.all(shown.map(({ workspaceId, id }) => tasks.task(workspaceId, id)))
  const isStill = (task: Task): boolean =>
    is(task) && isAssignee(member, task) && may(member, 'task.read', aboutTask(task))
  const still = present.flatMap((task) => (task !== undefined && isStill(task) ? rowOf(task) : []))
  const looked = new Set(shown.map(({ id }) => id))
  const now = new Map(still.map((row) => [row.id, row]))
  const all = rows.flatMap((row) => (looked.has(row.id) ? (now.get(row.id) ?? []) : row))
  return { rows: all, sure: new Set(still) }
}

/** Those of some rows that a mail can show, as it shows them. */
export const listed = (rows: readonly TaskRow[], { sure }: Looked): ListedTask[] =>
  shownOf(rows.filter((row) => sure.has(row))).map(({ id, key, title, due }) =>
    due === null ? { id, key, title } : { id, key, title, due },
  )
