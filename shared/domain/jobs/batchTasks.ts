import type { Operation, TaskBatch } from '../../api/schemas/jobs.ts'
import type { TaskPatch } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { Failure, invalidField } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Projects, Records, Tasks, WorkspacesByKey } from '../ports.ts'
import { versionMadeBy } from '../tasks/idempotency.ts'
import type { Task } from '../tasks/task.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import { type BatchFacts, decideAll } from './batch.ts'
import { countNamed, type Named, namedIn } from './named.ts'
import type { TaskBatches } from './ports.ts'

type BatchAsk = Ask<{ workspaceId: string }, unknown, TaskBatch>

export interface BatchStores {
  readonly tasks: Tasks
  readonly records: Records
  readonly workspaces: WorkspacesByKey
  readonly projects: Projects
  readonly batches: TaskBatches
}

interface Seen {
  readonly tasks: readonly (Task | undefined)[]
  /** What an earlier request under the same Idempotency-Key asked for. */
  readonly claimed: string | undefined
}

interface Loaded extends Seen {
  readonly zone: string
  readonly named: Named
}

const attempts = 8
/** Different things that one batch may name: each is looked up. */
const namedLimit = 200

const look = async ({ params, body, userId, mark }: BatchAsk, stores: BatchStores): Promise<Seen> => {
  const [claimed, ...tasks] = await Promise.all([
    mark === null ? undefined : stores.batches.claimed(userId, mark.key),
    ...body.operations.map(({ taskId }) => stores.tasks.task(params.workspaceId, taskId)),
  ])
  return { claimed, tasks }
}

const patchesOf = (operations: readonly Operation[]): TaskPatch[] =>
  operations.flatMap(({ patch }) => patch ?? [])

/** What the schema cannot say of operations: each is about another task, and they name little besides. */
const checkOperations = (operations: readonly Operation[]): void => {
  const first = new Map<string, number>()
  for (const [index, { taskId }] of operations.entries()) {
    const earlier = first.get(taskId)
    if (earlier !== undefined) {
      throw invalidField(`/operations/${index}/taskId`, `must not be the task of operation ${earlier} again`)
    }
    first.set(taskId, index)
  }
  if (countNamed(patchesOf(operations)) > namedLimit) {
    throw invalidField('/operations', `must name at most ${namedLimit} different people and custom fields`)
  }
}

/**
 * The versions that an earlier run of the same request made; `undefined` when there was none. Of a task that the
 * person may not read any more it made none.
 */
const ranBefore = (
  { tasks, claimed }: Seen,
  { ask: { mark }, member }: Call<BatchAsk>,
): number[] | undefined => {
  if (claimed !== undefined && claimed !== mark?.payload) throw new Failure('idempotency-mismatch')
  const versions = tasks.map((seen) => {
    const task = readable(seen, member)
    return task && versionMadeBy(task, mark)
  })
  if (versions.every((version) => version === undefined)) return undefined
  return versions.map((version) => {
    if (version === undefined) {
      throw new Failure('conflict', 'This request ran before; too much has changed since to tell its answer.')
    }
    return version
  })
}

const answer = (operations: readonly Operation[], versions: readonly number[]) => ({
  body: { results: operations.map(({ taskId }, index) => ({ taskId, version: versions[index] ?? 0 })) },
})

const factsOf = (
  { ask, member }: Call<BatchAsk>,
  { zone, named }: Loaded,
  { tasks, records }: BatchStores,
): BatchFacts => {
  const { userId, now, mark, through } = ask
  const cause = { kind: 'bulk' as const, id: makeId('job', Date.parse(now), randomSeed()) }
  return { member, named, tasks, records, mark, editor: { userId, now, zone, cause, through } }
}

/** Changes up to a hundred tasks in one transaction: all of them, or none and why. */
export const batchTasks: UseCase<
  BatchAsk,
  BatchStores,
  Loaded,
  { results: { taskId: string; version: number }[] }
> = {
  load: async (ask, stores) => {
    checkOperations(ask.body.operations)
    const { workspaceId } = ask.params
    const [seen, workspace, named] = await Promise.all([
      look(ask, stores),
      stores.workspaces.workspace(workspaceId),
      namedIn(patchesOf(ask.body.operations), workspaceId, stores),
    ])
    return { ...seen, zone: workspace?.zone ?? 'UTC', named }
  },
  // Each operation is judged for itself, so that a task that is hidden is refused as one that is not there.
  about: (_loaded, { userId }) => ({ owners: [userId] }),
  run: async (call, loaded, stores) => {
    const { ask } = call
    const { operations } = ask.body
    const facts = factsOf(call, loaded, stores)
    let seen: Seen = loaded
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const versions = ranBefore(seen, call)
      if (versions !== undefined) return answer(operations, versions)
      const after = await decideAll(seen.tasks, operations, facts)
      const written = after.filter((task, index) => task !== seen.tasks[index])
      const claim = seen.claimed === undefined ? ask : undefined
      const isDone = written.length === 0 || (await stores.batches.replaceAll(written, claim, attempt))
      if (isDone)
        return answer(
          operations,
          after.map(({ version }) => version),
        )
      seen = await look(ask, stores)
    }
    throw new Failure('conflict', 'Others keep changing these tasks at the same time; try again.')
  },
}
