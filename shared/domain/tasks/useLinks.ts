import type { LinkKind, TaskReply } from '../../api/schemas/task.ts'
import { may } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import {
  arrowOf,
  type Directed,
  inverseOf,
  refuseLoop,
  refuseSelf,
  refuseTooMany,
} from '../structure/dependencies.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf } from './taskCase.ts'

type Structured = Pick<Stores, 'tasks' | 'structure'>

const attempts = 100

/** Both ends of a link as they were read, and the version of the structure they were read under. */
export interface Ends {
  readonly task: Task
  readonly other: Task
  readonly version: number
}

const linked = (task: Task, otherId: string, kind: LinkKind | null, editor: Editor): Task => {
  const { [otherId]: _, ...others } = task.links
  return revise(task, { links: kind === null ? others : { ...others, [otherId]: kind } }, editor)
}

/** Ids that each task leads to by links of one kind, the one that is being judged left out. */
const neighbours =
  (workspaceId: string, kind: Directed, { task, other }: Ends, { tasks }: Structured) =>
  async (ids: readonly string[]): Promise<string[][]> => {
    const isJudged = (from: string, to: string) =>
      (from === task.id && to === other.id) || (from === other.id && to === task.id)
    const read = await Promise.all(ids.map((id) => tasks.task(workspaceId, id)))
    return read.map((from) =>
      Object.entries(from?.links ?? {}).flatMap(([to, one]) =>
        one === kind && from !== undefined && !isJudged(from.id, to) ? [to] : [],
      ),
    )
  }

const judge = async (ends: Ends, kind: LinkKind, stores: Structured): Promise<void> => {
  const { task, other } = ends
  refuseSelf(task.id, other.id)
  for (const end of [task, other]) {
    const partner = end === task ? other.id : task.id
    refuseTooMany(Object.keys(end.links).filter((id) => id !== partner).length)
  }
  const arrow = arrowOf(kind, task.id, other.id)
  if (arrow !== undefined) await refuseLoop(arrow, neighbours(task.workspaceId, arrow.kind, ends, stores))
}

export const readEnds = async (
  { workspaceId, taskId, otherTaskId }: LinkParams,
  { tasks, structure }: Structured,
) => {
  const [task, other, version] = await Promise.all([
    tasks.task(workspaceId, taskId),
    tasks.task(workspaceId, otherTaskId),
    structure.version(workspaceId),
  ])
  return { task, other, version }
}

/**
 * Links two tasks, or unlinks them with `null`: both ends in one transaction, judged by a state of the structure that
 * the write finds unmoved, so that links made at once never close a circle.
 * @param check refuses states of the task, such as a version that nobody expected
 */
export const setLink = async (
  seen: Ends,
  kind: LinkKind | null,
  editor: Editor,
  stores: Structured,
  check: (task: Task) => void = () => {},
): Promise<Task> => {
  let ends = seen
  // A cause, such as the version that is undone, is one of the task itself.
  const { cause: _, ...asOther } = editor
  const params = { workspaceId: seen.task.workspaceId, taskId: seen.task.id, otherTaskId: seen.other.id }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { task, other, version } = ends
    check(task)
    if (kind !== null) await judge(ends, kind, stores)
    const next = linked(task, other.id, kind, editor)
    const inverse = linked(other, task.id, kind && inverseOf(kind), asOther)
    const changed = [next, inverse].filter((one) => one !== task && one !== other)
    if (changed.length === 0) return task
    if (await stores.structure.write(task.workspaceId, version, changed)) return next
    const again = await readEnds(params, stores)
    ends = { task: existing(again.task), other: existing(again.other), version: again.version }
  }
  throw new Failure('unavailable', 'Too many others are changing links at the same time.')
}

interface LinkParams {
  readonly workspaceId: string
  readonly taskId: string
  readonly otherTaskId: string
}
type LinkAsk<Body = unknown> = Ask<LinkParams, unknown, Body>
type Loaded = Awaited<ReturnType<typeof readEnds>>

const linkCase = <Body>(
  kindOf: (body: Body) => LinkKind | null,
): UseCase<LinkAsk<Body>, Stores, Loaded, TaskReply> => ({
  load: ({ params }, stores) => readEnds(params, stores),
  about: ({ task }) => about(task),
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const [task, other] = [existing(loaded.task), existing(loaded.other)]
    // A task that the caller may not read is as good as absent.
    if (!may(member, 'task.read', aboutTask(other))) throw notFound()
    const check = (present: Task) => requireVersion(present, ask.expected)
    const ends = { task, other, version: loaded.version }
    return answer(await setLink(ends, kindOf(ask.body), editorOf(call), stores, check), member)
  },
})

export const linkTask = linkCase<{ kind: LinkKind }>(({ kind }) => kind)
export const unlinkTask = linkCase<undefined>(() => null)
