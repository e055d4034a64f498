import type { TaskReply } from '../../api/schemas/task.ts'
import { projectFor } from '../access/named.ts'
import { may } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure, invalidField, notFound } from '../failure.ts'
import { derivedSeed } from '../ids.ts'
import { firstRank } from '../order/rank.ts'
import type { Stores } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { change, existing } from './change.ts'
import { renumber } from './createTask.ts'
import { revise } from './edit.ts'
import { mostEntries } from './limits.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, type TaskAsk } from './taskCase.ts'

const without = <Value>(map: Readonly<Record<string, Value>>, id: string): Record<string, Value> => {
  const { [id]: _, ...others } = map
  return others
}

/** Last in a project that it comes into; where it is in one that it stands in. */
const rankIn = (task: Task, projectId: string, now: string): string =>
  task.ranks[projectId] ?? firstRank(Date.parse(now), derivedSeed(task.id, projectId))

/** A role in a further project is enough to change a task, but not to take it from those whose project it is. */
const requireLeave = (task: Task, member: Member): void => {
  const atHome = { ...aboutTask(task), projectIds: [task.projectId] }
  if (!may(member, 'task.move', atHome)) throw new Failure('forbidden')
}

type MoveAsk = TaskAsk<{ projectId: string }>
interface MoveLoaded {
  readonly task: Task | undefined
  readonly project: Project | undefined
  readonly lastNumber: number
}

/**
 * Makes another project a task's own: it gets a human id of that project, and the old one keeps finding it. The
 * number is claimed side by side with the write, as for a new task.
 */
export const moveTask: UseCase<MoveAsk, Stores, MoveLoaded, TaskReply> = {
  load: async ({ params: { workspaceId, taskId }, body }, { tasks, projects }) => {
    const [task, project, lastNumber] = await Promise.all([
      tasks.task(workspaceId, taskId),
      projects.project(workspaceId, body.projectId),
      tasks.lastNumber(workspaceId, body.projectId),
    ])
    return { task, project, lastNumber }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, { tasks }) => {
    const { ask, member } = call
    const { lastNumber } = loaded
    const task = existing(loaded.task)
    const project = projectFor(loaded.project, member, 'task.create', () =>
      invalidField('/projectId', 'must be a project of this workspace'),
    )
    const number = lastNumber + 1
    const key = `${project.key}-${number}`
    const decide = (present: Task): Task => {
      requireVersion(present, ask.expected)
      if (present.projectId === project.id) return present
      requireLeave(present, member)
      const { projectId: left, ranks, columns } = present
      const values = {
        projectId: project.id,
        key,
        ranks: { ...without(ranks, left), [project.id]: rankIn(present, project.id, ask.now) },
        columns: without(columns, left),
      }
      return revise(present, values, editorOf(call))
    }
    if (decide(task) === task) return answer(task, member)
    const claim = { ...task, projectId: project.id }
    const [moved, claimed] = await Promise.all([
      change(task, decide, tasks),
      tasks.claimNumber(claim, number),
    ])
    // Another move to the same project may have come first, with a number of its own.
    const isSettled = claimed || moved.key !== key
    return answer(isSettled ? moved : await renumber(moved, project.key, tasks), member)
  },
}

type FurtherAsk = Ask<{ workspaceId: string; taskId: string; projectId: string }>
interface FurtherLoaded {
  readonly task: Task | undefined
  readonly project: Project | undefined
}

const loadFurther = async ({ params }: FurtherAsk, { tasks, projects }: Stores): Promise<FurtherLoaded> => {
  const [task, project] = await Promise.all([
    tasks.task(params.workspaceId, params.taskId),
    projects.project(params.workspaceId, params.projectId),
  ])
  return { task, project }
}

/** A route that puts a task into a further project, or takes it out of one. */
const further = (
  ranksAfter: (task: Task, projectId: string, now: string) => Task['ranks'],
): UseCase<FurtherAsk, Stores, FurtherLoaded, TaskReply> => ({
  load: loadFurther,
  about: ({ task }) => about(task),
  run: async (call, { task, project: named }, { tasks }) => {
    const { ask, member } = call
    const project = projectFor(named, member, 'task.create', notFound)
    const decide = (present: Task): Task => {
      requireVersion(present, ask.expected)
      const ranks = ranksAfter(present, project.id, ask.now)
      const columns = project.id in ranks ? present.columns : without(present.columns, project.id)
      return revise(present, { ranks, columns }, editorOf(call))
    }
    return answer(await change(existing(task), decide, tasks), member)
  },
})

export const addTaskProject = further((task, projectId, now) => {
  const ranks = { ...task.ranks, [projectId]: rankIn(task, projectId, now) }
  if (Object.keys(ranks).length <= mostEntries.ranks) return ranks
  throw new Failure('conflict', `A task stands in at most ${mostEntries.ranks} projects.`)
})

export const removeTaskProject = further((task, projectId) => {
  if (task.projectId !== projectId) return without(task.ranks, projectId)
  throw new Failure('conflict', 'This is the project of its own. Move the task to another one.')
})
