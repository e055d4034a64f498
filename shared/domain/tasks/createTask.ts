import { randomInt } from 'node:crypto'
import type { TaskCreate, TaskReply } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { ofProject } from '../access/target.ts'
import { Failure, notFound } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import type { Stores, Tasks } from '../ports.ts'
import type { Project } from '../projects/project.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { checkCustomFields, type Declared, fieldsIn, requireFields } from './customFields.ts'
import { fieldsOf, newTask } from './draft.ts'
import { asOf } from './idempotency.ts'
import { placeOfNew } from './parents.ts'
import { checkPeople, type Everybody, peopleIn } from './people.ts'
import { present } from './present.ts'
import type { Task } from './task.ts'

type CreateAsk = Ask<{ workspaceId: string; projectId: string }, unknown, TaskCreate>

const idFor = ({ mark, now, userId }: CreateAsk): string => {
  const seed = mark === null ? randomSeed() : derivedSeed(userId, mark.key)
  return makeId('task', Date.parse(now), seed)
}

/** Rivals for the same number spread out over ever more numbers; numbers still only grow. */
const spread = (attempt: number): number => randomInt(1, 2 ** Math.min(attempt, 10) + 1)

/**
 * Gives a task whose number another one claimed first a number of its own. Used by the route that made the task
 * and, should that have been cut off, by the stream consumer.
 */
export const renumber = async (task: Task, projectKey: string, tasks: Tasks): Promise<Task> => {
  for (let attempt = 1; ; attempt++) {
    const number = (await tasks.lastNumber(task.workspaceId, task.projectId)) + spread(attempt)
    if (!(await tasks.claimNumber(task, number))) continue
    const key = `${projectKey}-${number}`
    const result = await tasks.renumber(task, key)
    if (result.won) return { ...task, key, revision: task.revision + 1 }
    return result.present ?? task
  }
}

/**
 * The answer to a request that ran before: the task as it was then. The run that made it may be under way, or was
 * cut off, with a number that another task has claimed: none but the task's own is answered.
 */
const replay = async (ask: CreateAsk, task: Task, { tasks, records }: Stores): Promise<Task> => {
  if (task.origin?.key !== ask.mark?.key) throw new Error('two requests share one seed')
  if (task.origin?.payload !== ask.mark?.payload) throw new Failure('idempotency-mismatch')
  const [projectKey = '', number] = task.key.split('-')
  const isOwn = await tasks.claimNumber(task, Number(number))
  return asOf(isOwn ? task : await renumber(task, projectKey, tasks), 1, records)
}

interface Loaded {
  readonly id: string
  readonly project: Project | undefined
  readonly zone: string
  readonly lastNumber: number
  readonly made: Task | undefined
  readonly members: Everybody
  readonly declared: Declared
  readonly parent: Task | undefined
}

/**
 * Creates a task in two round trips: the second puts the task and claims the number after the last one, side by side.
 * A lost claim costs a third and fourth; two tasks never keep one number (see docs/decisions/0002).
 */
export const createTask: UseCase<CreateAsk, Stores, Loaded, TaskReply> = {
  load: async (ask, { projects, workspaces, tasks }) => {
    const { workspaceId, projectId } = ask.params
    const id = idFor(ask)
    const { parentId } = ask.body
    const [project, workspace, lastNumber, made, members, declared, parent] = await Promise.all([
      projects.project(workspaceId, projectId),
      workspaces.workspace(workspaceId),
      tasks.lastNumber(workspaceId, projectId),
      ask.mark === null ? undefined : tasks.madeAs(workspaceId, id),
      peopleIn(ask.body, workspaceId, workspaces),
      fieldsIn([ask.body], workspaceId, { projects, workspaces }),
      parentId === null ? undefined : tasks.task(workspaceId, parentId),
    ])
    return { id, project, zone: workspace?.zone ?? 'UTC', lastNumber, made, members, declared, parent }
  },
  about: ofProject,
  run: async ({ ask, member }, loaded, stores) => {
    const { tasks } = stores
    const { id, project, zone, lastNumber, made, members, declared, parent } = loaded
    if (project === undefined) throw notFound()
    const answer = (task: Task) => ({
      body: present(task, member),
      version: task.version,
      location: `/v1/workspaces/${task.workspaceId}/tasks/${task.id}`,
    })
    if (made !== undefined) return answer(await replay(ask, made, stores))
    checkPeople(ask.body, members, member)
    checkCustomFields(ask.body, declared, { projectId: project.id })
    requireFields(ask.body, project)
    const { body, userId, now, through, mark: origin } = ask
    const number = lastNumber + 1
    const birth = { id, workspaceId: project.workspaceId, project, number, userId, now, origin, through }
    const place = placeOfNew(body.parentId, readable(parent, member))
    const task = newTask(birth, { ...fieldsOf(body, { userId, now, zone }), ...place })
    const [added, claimed] = await Promise.all([tasks.add(task), tasks.claimNumber(task, number)])
    if (!added.won) {
      if (added.present === undefined) throw new Error('a lost insert names what stood in its way')
      return answer(await replay(ask, added.present, stores))
    }
    return answer(claimed ? task : await renumber(task, project.key, tasks))
  },
}
