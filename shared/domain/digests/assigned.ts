import type { Status, TaskRow } from '../../api/schemas/task.ts'
import type { ListedTask } from '../../mail/notice.ts'
import { may } from '../access/target.ts'
import type { ListOwner, ListRequest, Tasks } from '../ports.ts'
import { listPages } from '../tasks/listPages.ts'
import { aboutRow } from '../tasks/present.ts'
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

/** Tasks of somebody that were completed in a span of time (`from` included), archived since or not; latest first. */
export const completedBy = async (
  member: Member,
  tasks: Pick<Tasks, 'list'>,
  { from, before }: { from: string; before: string },
): Promise<TaskRow[]> => {
  // What was completed since then was changed since then.
  const lives = await Promise.all(
    (['active', 'archived'] as const).map((life) =>
      assigned(
        member,
        { life, statuses: ['done'], sort: 'updated', descending: true },
        tasks,
        (position) => position >= from,
      ),
    ),
  )
  return lives
    .flat()
    .filter(({ completedAt }) => completedAt !== null && completedAt >= from && completedAt < before)
    .sort((a, b) => ((a.completedAt ?? '') > (b.completedAt ?? '') ? -1 : 1))
}

/** As many tasks as a mail lists; it says how many there are. */
const mostListed = 20

export const listed = (rows: readonly TaskRow[]): ListedTask[] =>
  rows
    .slice(0, mostListed)
    .map(({ id, key, title, due }) => (due === null ? { id, key, title } : { id, key, title, due }))
