import { randomInt } from 'node:crypto'
import type { TaskCreate, TaskReply } from '../../api/schemas/task.ts'
import { ofProject } from '../access/target.ts'
import { Failure, notFound } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import type { Stores, Tasks } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { type DraftParts, drafted, draftParts } from './drafted.ts'
import { asOf } from './idempotency.ts'
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
  readonly parts: DraftParts
  readonly lastNumber: number
  readonly made: Task | undefined
}

/**
 * Creates a task in two round trips: the second puts the task and claims the number after the last one, side by side.
 * A lost claim costs a third and fourth; two tasks never keep one number (see docs/decisions/0002).
 */
export const createTask: UseCase<CreateAsk, Stores, Loaded, TaskReply> = {
  load: async (ask, stores) => {
    const { workspaceId, projectId } = ask.params
    const id = idFor(ask)
    const [parts, lastNumber, made] = await Promise.all([
      draftParts(ask.body, ask.params, stores),
      stores.tasks.lastNumber(workspaceId, projectId),
      ask.mark === null ? undefined : stores.tasks.madeAs(workspaceId, id),
    ])
    return { id, parts, lastNumber, made }
  },
  about: ofProject,
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const { tasks } = stores
    const { id, parts, lastNumber, made } = loaded
    const { project } = parts
    if (project === undefined) throw notFound()
    const answer = (task: Task) => ({
      body: present(task, member),
      version: task.version,
      location: `/v1/workspaces/${task.workspaceId}/tasks/${task.id}`,
    })
    if (made !== undefined) return answer(await replay(ask, made, stores))
    const number = lastNumber + 1
    const task = drafted(call, parts, { id, number })
    const [added, claimed] = await Promise.all([tasks.add(task), tasks.claimNumber(task, number)])
    if (!added.won) {
      if (added.present === undefined) throw new Error('a lost insert names what stood in its way')
      return answer(await replay(ask, added.present, stores))
    }
    return answer(claimed ? task : await renumber(task, project.key, tasks))
  },
}
