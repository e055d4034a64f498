import type { TaskReply, TaskRow } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { may } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { Rollup } from '../pipeline/tallies.ts'
import type { Stores } from '../ports.ts'
import { heightOf, placeUnder, staleAncestors } from '../structure/hierarchy.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { type ListQuery, listRequest, page } from './listTasks.ts'
import { asParent } from './parents.ts'
import { aboutRow } from './present.ts'
import type { Task } from './task.ts'
import { about, answer, editorOf, load as loadTask, type TaskAsk } from './taskCase.ts'

type Structured = Pick<Stores, 'tasks' | 'structure'>

const attempts = 100
/** Each of them costs a query: how deep they nest is not known without. */
const mostBelow = 1_000

/** Ids of all tasks right below any of these; over all calls no more than a request has the time to look at. */
const childrenOf = (workspaceId: string, { tasks }: Structured) => {
  let left = mostBelow
  return async (ids: readonly string[]): Promise<readonly string[]> => {
    const slices = await Promise.all(ids.map((id) => tasks.children(workspaceId, id, left)))
    const found = slices.flatMap(({ items }) => items)
    if (found.length > left || slices.some(({ more }) => more)) {
      throw new Failure(
        'conflict',
        `More than ${mostBelow} tasks are below this one: it moves only to the top.`,
      )
    }
    left -= found.length
    return found
  }
}

/** Where the task comes to stand; `undefined` while those above are being moved. */
const placeOf = async (
  task: Task,
  parent: Task,
  stores: Structured,
): Promise<readonly string[] | undefined> => {
  const { workspaceId, id } = task
  const [height, ...ancestors] = await Promise.all([
    heightOf(id, childrenOf(workspaceId, stores)),
    ...parent.ancestorIds.map((ancestorId) => stores.tasks.task(workspaceId, ancestorId)),
  ])
  const place = placeUnder({ id, height }, parent, ancestors)
  return place.kind === 'under' ? place.ancestorIds : undefined
}

interface Seen {
  readonly task: Task
  readonly parent: Task | undefined
  readonly version: number
}

const read = async (workspaceId: string, taskId: string, parentId: string | null, stores: Structured) => {
  const [task, parent, version] = await Promise.all([
    stores.tasks.task(workspaceId, taskId),
    parentId === null ? undefined : stores.tasks.task(workspaceId, parentId),
    stores.structure.version(workspaceId),
  ])
  return { task, parent, version }
}

/**
 * Puts a task with all below it under another one, or at the top. Judged by a state of the hierarchy that the write
 * finds unmoved: two moves at once never put each of two tasks under the other.
 * @param check refuses states of the task, such as a version that nobody expected
 */
export const setParent = async (
  seen: Seen,
  parentId: string | null,
  editor: Editor,
  stores: Structured,
  check: (task: Task) => void = () => {},
): Promise<Task> => {
  let { task, parent, version } = seen
  const { workspaceId, id } = task
  for (let attempt = 0; attempt < attempts; attempt++) {
    check(task)
    if (task.parentId === parentId) return task
    const ancestorIds = parentId === null ? [] : await placeOf(task, asParent(parent), stores)
    if (ancestorIds !== undefined) {
      const next = revise(task, { parentId, ancestorIds }, editor)
      if (await stores.structure.write(workspaceId, version, [next])) return next
    }
    const again = await read(workspaceId, id, parentId, stores)
    task = existing(again.task)
    ;({ parent, version } = again)
  }
  throw staleAncestors()
}

type ParentAsk = TaskAsk<{ parentId: string | null }>
type Loaded = Awaited<ReturnType<typeof read>>

export const setTaskParent: UseCase<ParentAsk, Stores, Loaded, TaskReply> = {
  load: ({ params, body }, stores) => read(params.workspaceId, params.taskId, body.parentId, stores),
  about: ({ task }) => about(task),
  run: async (call, { task, parent, version }, stores) => {
    const { ask, member } = call
    const seen = { task: existing(task), parent: readable(parent, member), version }
    const check = (present: Task) => requireVersion(present, ask.expected)
    const moved = await setParent(seen, ask.body.parentId, editorOf(call), stores, check)
    return answer(moved, member)
  },
}

type SubtasksAsk = Ask<{ workspaceId: string; taskId: string }, ListQuery>
interface SubtasksLoaded {
  readonly task: Task | undefined
  readonly rollup: Rollup
  readonly rows: Awaited<ReturnType<Stores['tasks']['list']>>
}
interface Subtasks {
  items: TaskRow[]
  next?: string
  rollup: Rollup & { progress: number }
}

export const listSubtasks: UseCase<SubtasksAsk, Stores, SubtasksLoaded, Subtasks> = {
  load: async (ask, stores) => {
    const { workspaceId, taskId } = ask.params
    const [task, rollup, rows] = await Promise.all([
      loadTask(ask, stores),
      stores.records.rollup(workspaceId, taskId),
      stores.tasks.list(listRequest(ask, { parentId: taskId }, workspaceId)),
    ])
    return { task, rollup, rows }
  },
  about: ({ task }) => about(task),
  run: async ({ member }, { task, rollup, rows }) => {
    existing(task)
    const { subtasks, done } = rollup
    const { body, ...rest } = page(rows)
    // Who may read only what is their own does not see the rest through the task above it.
    const isSeen = (row: TaskRow) => may(member, 'task.read', aboutRow(row))
    const progress = subtasks === 0 ? 0 : done / subtasks
    return { ...rest, body: { items: body.items.filter(isSeen), rollup: { ...rollup, progress } } }
  },
}
