import type { IndexName } from '../../api/declaration.ts'
import { priorities, type Sort, type TaskRow } from '../../api/schemas/task.ts'
import type { ListOwner, ListPage, ListRequest, Tasks } from '../../domain/ports.ts'
import { rowOf } from '../../domain/tasks/present.ts'
import { lifeOf, purgeAt, type Task } from '../../domain/tasks/task.ts'
import { unborn } from '../../domain/tasks/unborn.ts'
import { codec, transacted, ttlOf, written } from '../codec.ts'
import * as keys from '../keys.ts'
import { beforeAttempt } from '../patience.ts'
import { sliceOf } from '../slice.ts'
import type { Item, Table } from '../tablePort.ts'
import { forgetKeys } from './humanIds.ts'

/** Sorts behind every instant. */
const never = '9'

/** Sort keys of the list indexes, in a list of `owner`; each ends with the id, so that no two are equal. */
const listKeys = (task: Task, owner: ListOwner) => {
  const rank = task.ranks['projectId' in owner ? owner.projectId : task.projectId]
  return {
    dueKey: `${task.dueAt ?? never}#${task.id}`,
    priorityKey: `${priorities.indexOf(task.priority)}#${task.id}`,
    createdKey: task.id,
    updatedKey: `${task.updatedAt}#${task.id}`,
    // The list of a person has no order of its own: tasks of several projects stand in it.
    ...(!('assigneeId' in owner || 'groupId' in owner || 'sharedWith' in owner) && {
      rankKey: `${rank}#${task.id}`,
    }),
  }
}

/** Where a task stands in a list. */
export const placeIn = (task: Task, owner: ListOwner) => ({
  list: keys.listPk(task.workspaceId, owner, lifeOf(task), task.status),
  ...listKeys(task, owner),
})

/** Place in the index of reminders; none without a next one. */
export const reminderAttributes = ({
  id,
  workspaceId,
  remindAt,
}: Pick<Task, 'id' | 'workspaceId' | 'remindAt'>) =>
  remindAt === null
    ? {}
    : { reminderShard: keys.timeShardOf('REM', id), reminderKey: `${remindAt}#${workspaceId}#${id}` }

const indexes = (task: Task): Record<string, unknown> => ({
  ...placeIn(task, { projectId: task.projectId }),
  ...reminderAttributes(task),
  ...(task.trashedAt !== null && { ttl: ttlOf(purgeAt(task.trashedAt)) }),
})

const stored = codec<Task>('task', ({ workspaceId, id }) => keys.taskKeyOf(workspaceId, id), indexes)

/** The smallest rank: before all that are made of the time. */
const firstOfAll = 'h00000000'

/** A task; one that was stored before a field came up has it empty. */
export const decodeTask = (item: Record<string, unknown>): Task => {
  const task: Omit<Task, 'ranks'> = stored.decode(item)
  return { ...unborn, ranks: { [task.projectId]: firstOfAll }, ...task }
}
export const encodeTask = stored.encode
const tasks = { encode: encodeTask, decode: decodeTask }

const indexOfSort: Record<Sort, { index: IndexName; sk: string }> = {
  due: { index: 'byDue', sk: 'dueKey' },
  priority: { index: 'byPriority', sk: 'priorityKey' },
  created: { index: 'byCreated', sk: 'createdKey' },
  updated: { index: 'byUpdated', sk: 'updatedKey' },
  rank: { index: 'byRank', sk: 'rankKey' },
}

const partitions = ({ of, workspaceId, life, statuses }: ListRequest): string[] =>
  statuses.map((status) => keys.listPk(workspaceId, of, life, status))

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The key range of one partition: filters on due, cut off at the position. */
const bounds = (request: ListRequest) => {
  const { position, descending } = request
  const dueFrom = request.dueFrom && earlier(request.dueFrom, never)
  // A bound on the due date leaves out what has none.
  const end = request.dueBefore || dueFrom ? earlier(request.dueBefore ?? never, never) : undefined
  const before = [end, descending ? position : undefined].filter((bound) => bound !== undefined).sort()[0]
  const from = descending || position === undefined ? dueFrom : undefined
  return {
    ...(before !== undefined && { before }),
    ...(from !== undefined && { from }),
    ...(!descending && position !== undefined && { after: position }),
  }
}

/** Attempts at one task that follow one another at once. */
const hastyAttempts = 3
/** Fifty who wait so long at most try as often together as one can write who is alone. */
const longestWaitMs = 1_000

/** The row of a task or link; one that was stored before tasks were assigned to groups is assigned to none. */
const storedRow = (item: Item): TaskRow => rowOf({ assigneeGroupIds: [], ...item } as unknown as TaskRow)

interface Page {
  readonly items: readonly Item[]
  readonly more: boolean
}

/**
 * Merges the sorted pages of all partitions into one of at most `limit` rows. A page that was cut short
 * (DynamoDB ends one at a megabyte) says nothing about what lies behind its end, so nor does the merged one.
 */
const merge = (pages: readonly Page[], sk: string, { descending, limit, where }: ListRequest): ListPage => {
  const precedes = (a: string, b: string) => (descending ? a > b : a < b)
  const ends = pages.filter(({ more }) => more).map(({ items }) => String(items.at(-1)?.[sk] ?? ''))
  const isKnown = (position: string) => !ends.some((end) => precedes(end, position))
  const known = pages
    .flatMap(({ items }) => items)
    .map((item) => ({ row: storedRow(item), position: String(item[sk]) }))
    .filter(({ position }) => isKnown(position))
    .sort((a, b) => (precedes(a.position, b.position) ? -1 : 1))
  const passing = where === undefined ? known : known.filter(({ row }) => where(row))
  const isFull = passing.length > limit
  return {
    rows: passing.slice(0, limit),
    more: isFull || ends.length > 0,
    ...(where !== undefined && !isFull && { reached: known.at(-1)?.position }),
  }
}

/** Rows that a filter may look at for one page, in all partitions together. */
const readingBudget = 500

/** Rows to read of one partition: one more than the page takes; for a filter its share of the budget. */
const rowsToRead = ({ limit, where, statuses }: ListRequest): number =>
  where === undefined ? limit + 1 : Math.max(limit + 1, Math.floor(readingBudget / statuses.length))

export const taskStore = (table: Table): Tasks => ({
  task: async (workspaceId, taskId) => {
    const item = await table.get(keys.taskKeyOf(workspaceId, taskId))
    // The key holds only part of the id; the rest must agree as well.
    const task = item && tasks.decode(item)
    return task?.id === taskId ? task : undefined
  },
  madeAs: async (workspaceId, taskId) => {
    const item = await table.get(keys.taskKeyOf(workspaceId, taskId))
    return item && tasks.decode(item)
  },
  add: (task) => written(table.put(tasks.encode(task), { absent: true }), tasks.decode),
  addAll: async (all) => {
    const writes = all.map((task) => ({ put: tasks.encode(task), condition: { absent: true } }) as const)
    return (await transacted(() => table.transact(writes), tasks.decode)).won
  },
  replace: async (task, attempt = 1) => {
    const write = table.put(tasks.encode(task), { equals: { revision: task.revision - 1 } })
    const result = await written(write, tasks.decode)
    if (result.won || attempt <= hastyAttempts) return result
    // So many want this task that most of them lose each time: they spread out, and look again.
    await beforeAttempt(attempt, longestWaitMs)
    const item = await table.get(keys.taskKeyOf(task.workspaceId, task.id))
    return { won: false, present: item && tasks.decode(item) }
  },
  drop: ({ workspaceId, id, revision }) =>
    written(table.delete(keys.taskKeyOf(workspaceId, id), { equals: { revision } }), tasks.decode),
  renumber: (task, key) =>
    written(
      table.update(
        keys.taskKeyOf(task.workspaceId, task.id),
        { set: { key }, add: { revision: 1 } },
        { equals: { key: task.key, id: task.id } },
      ),
      tasks.decode,
    ),

  /** One page of a list: a query for each status, merged. Costs the same however many tasks there are. */
  list: async (request) => {
    const { index, sk } = indexOfSort[request.sort]
    const pages = await Promise.all(
      partitions(request).map((pk) =>
        table.query({
          index,
          pk,
          ...bounds(request),
          descending: request.descending,
          limit: rowsToRead(request),
        }),
      ),
    )
    return merge(pages, sk, request)
  },

  children: async (workspaceId, parentId, limit, after) => {
    const { PK, SK } = keys.linkKey(workspaceId, { parentId }, after ?? '')
    const range = { pk: PK, ...(after !== undefined && { after: SK }), limit }
    return sliceOf(table, range, ({ id }) => String(id))
  },

  lastNumber: async (workspaceId, projectId) => {
    const { items } = await table.query({
      pk: keys.numberPk(workspaceId, projectId),
      prefix: 'NUM#',
      descending: true,
      limit: 1,
    })
    return items[0] === undefined ? 0 : Number(items[0].number)
  },
  claimNumber: async ({ workspaceId, projectId, id }, number) => {
    const claim = {
      ...keys.numberKey(workspaceId, projectId, number),
      itemType: 'number',
      number,
      taskId: id,
    }
    const result = await table.put(claim, { absent: true })
    return result.won || result.present?.taskId === id
  },
  idOf: async (workspaceId, humanId) => {
    const item = await table.get(keys.humanIdKey(workspaceId, humanId))
    return item && String(item.taskId)
  },
  forgetKeys: (task) => forgetKeys(table, task),
})
