import { Failure } from '../failure.ts'
import { derivedSeed, makeId, randomSeed } from '../ids.ts'
import type { Stores, Tasks } from '../ports.ts'
import { renumber } from './createTask.ts'
import { asOf } from './idempotency.ts'
import type { RequestMark, Task } from './task.ts'
import { tellTogether } from './telling.ts'

/** As many as one transaction takes. */
export const mostTogether = 100

/** A transaction takes 4 MB; keys and indexes need some of it. */
const mostBytes = 3_500_000

interface Request {
  readonly userId: string
  readonly now: string
  readonly mark: RequestMark | null
}

/** Ids of the tasks that a request makes: the same again for the same Idempotency-Key. */
export const idsFor = (count: number, { userId, now, mark }: Request): string[] =>
  Array.from({ length: count }, (_, index) => {
    const seed = mark === null ? randomSeed() : derivedSeed(userId, mark.key, String(index))
    return makeId('task', Date.parse(now), seed)
  })

/** A human id, `OPS-42`, in its two parts. */
const partsOf = ({ key }: Task): [projectKey: string, number: number] => {
  const at = key.lastIndexOf('-')
  return [key.slice(0, at), Number(key.slice(at + 1))]
}

/** The task with a number that is its own: the run that made it may be under way, or was cut off. */
export const withOwnNumber = async (task: Task, tasks: Tasks): Promise<Task> => {
  const [projectKey, number] = partsOf(task)
  return (await tasks.claimNumber(task, number)) ? task : renumber(task, projectKey, tasks)
}

/**
 * What an earlier run of the same request made, each task as it was then, in its order.
 * @throws Failure `idempotency-mismatch` when that request had another payload
 */
export const madeAlready = async (
  request: Request,
  workspaceId: string,
  { tasks, records }: Pick<Stores, 'tasks' | 'records'>,
): Promise<readonly Task[]> => {
  const ids = idsFor(mostTogether, request)
  const present = await Promise.all(ids.map((id) => tasks.madeAs(workspaceId, id)))
  const made = present.filter((task) => task !== undefined)
  if (made.some(({ origin }) => origin?.payload !== request.mark?.payload)) {
    throw new Failure('idempotency-mismatch')
  }
  return Promise.all(made.map(async (task) => asOf(await withOwnNumber(task, tasks), 1, records)))
}

/** The tasks that an earlier run of the same request made. */
const madeBefore = async (all: readonly Task[], tasks: Tasks): Promise<readonly Task[]> => {
  const present = await Promise.all(all.map(({ workspaceId, id }) => tasks.madeAs(workspaceId, id)))
  const made = present.filter((task) => task !== undefined)
  // The other run saw more or fewer of them, or is under way.
  if (made.length < all.length) throw new Failure('in-progress')
  if (made.some(({ origin }, index) => origin?.payload !== all[index]?.origin?.payload)) {
    throw new Failure('idempotency-mismatch')
  }
  return Promise.all(made.map((task) => withOwnNumber(task, tasks)))
}

/** Several tasks that are made at once tell each person once. */
const telling = (all: readonly Task[]): Task[] =>
  tellTogether([], all, ({ cause, id }) =>
    cause?.kind === 'duplicate' || cause?.kind === 'template'
      ? cause
      : { kind: 'bulk', id: all[0]?.id ?? id },
  )

/**
 * Puts tasks of one workspace, all or none, and claims their numbers side by side; those that another one claimed
 * first get numbers of their own. A repeated request gets what its first run made, as it is now.
 * @param drafts at most `mostTogether`, numbered one after the other behind the last numbers of their projects
 */
export const addTogether = async (drafts: readonly Task[], tasks: Tasks): Promise<readonly Task[]> => {
  const all = drafts.length === 1 ? drafts : telling(drafts)
  if (Buffer.byteLength(JSON.stringify(all)) > mostBytes) {
    throw new Failure('conflict', 'These tasks are too large to be made at once: more than 3.5 MB.')
  }
  const [added, ...claimed] = await Promise.all([
    tasks.addAll(all),
    ...all.map((task) => tasks.claimNumber(task, partsOf(task)[1])),
  ])
  if (!added) return madeBefore(all, tasks)
  return Promise.all(
    all.map((task, index) => (claimed[index] === true ? task : renumber(task, partsOf(task)[0], tasks))),
  )
}
