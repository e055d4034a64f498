import { randomInt } from 'node:crypto'
import type { TaskReply } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { requireVersion } from '../edited.ts'
import { Failure, invalidField } from '../failure.ts'
import { rankBetween } from '../order/rank.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { UseCase } from '../useCase.ts'
import { act } from './act.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import type { Tracked } from './paths.ts'
import { withSuccessor } from './recurring.ts'
import type { Task } from './task.ts'
import { about, answer, editorOf, type TaskAsk } from './taskCase.ts'

interface Position {
  readonly projectId: string
  readonly columnId?: string | null | undefined
  readonly after: string | null
  readonly before: string | null
}
type PositionAsk = TaskAsk<Position>
interface Loaded {
  readonly task: Task | undefined
  readonly project: Project | undefined
  readonly after: Task | undefined
  readonly before: Task | undefined
}

const draws = 2 ** 32

/** The rank of a neighbour; `null` where the body names none: an end of the list. */
const rankOf = (side: 'after' | 'before', body: Position, neighbour: Task | undefined, id: string) => {
  if (body[side] === null) return null
  const rank = neighbour?.trashedAt === null ? neighbour.ranks[body.projectId] : undefined
  if (rank === undefined || body[side] === id)
    throw invalidField(`/${side}`, 'must be another task of the project')
  return rank
}

const newRank = (task: Task, body: Position, { after, before }: Pick<Loaded, 'after' | 'before'>): string => {
  const [lower, upper] = [rankOf('after', body, after, task.id), rankOf('before', body, before, task.id)]
  // Alone in its list it may stay where it is.
  if (lower === null && upper === null) return task.ranks[body.projectId] as string
  const placement = rankBetween(lower, upper, randomInt(draws) / draws)
  if (placement.kind === 'out-of-range' || body.after === body.before) {
    throw invalidField('/before', 'is out of range: must stand behind the task named in after')
  }
  if (placement.kind === 'crowded') {
    throw new Failure('conflict', 'This place is being put in order after many moves. Try again in a moment.')
  }
  return placement.rank
}

/** What the column brings along; nothing when the body names none. */
const inColumn = (
  task: Task,
  { projectId, columnId }: Position,
  project: Project,
  editor: Editor,
): Partial<Tracked> => {
  if (columnId === undefined) return {}
  const { [projectId]: _, ...others } = task.columns
  if (columnId === null) return { columns: others }
  const column = project.columns.find(({ id }) => id === columnId)
  if (column === undefined) throw invalidField('/columnId', 'must be a column of the project')
  // Columns of other projects stand for the status it leaves.
  const kept = column.status === task.status ? others : {}
  const columns = { ...kept, [projectId]: columnId }
  return { ...withSuccessor(task, { status: column.status }, editor), columns }
}

/** Puts a task between two others of a project, and into a column of its board: one write. */
export const positionTask: UseCase<PositionAsk, Stores, Loaded, TaskReply> = {
  load: async ({ params: { workspaceId, taskId }, body }, { tasks, projects }) => {
    const neighbour = (id: string | null) => (id === null ? undefined : tasks.task(workspaceId, id))
    const [task, project, after, before] = await Promise.all([
      tasks.task(workspaceId, taskId),
      projects.project(workspaceId, body.projectId),
      neighbour(body.after),
      neighbour(body.before),
    ])
    return { task, project, after, before }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const { project } = loaded
    const neighbours = { after: readable(loaded.after, member), before: readable(loaded.before, member) }
    const decide = (task: Task): Task => {
      requireVersion(task, ask.expected)
      const { projectId } = ask.body
      if (project === undefined || task.ranks[projectId] === undefined) {
        throw invalidField('/projectId', 'must be a project that the task stands in')
      }
      const editor = editorOf(call)
      const ranks = { ...task.ranks, [projectId]: newRank(task, ask.body, neighbours) }
      return revise(task, { ...inColumn(task, ask.body, project, editor), ranks }, editor)
    }
    return answer(await act(ask, existing(loaded.task), decide, stores), member)
  },
}
