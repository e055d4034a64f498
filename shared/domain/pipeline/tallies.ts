import { spentMinutes } from '../tasks/present.ts'
import { lifeOf, type Task } from '../tasks/task.ts'

/** Counters to add to, by their names in `data`: `total`, and one for each status and priority. */
export interface Tally {
  readonly total: number
  readonly status: Readonly<Record<string, number>>
  readonly priority: Readonly<Record<string, number>>
}

/** What all tasks below one come to. */
export interface Rollup {
  readonly subtasks: number
  readonly done: number
  readonly estimateMinutes: number
  readonly spentMinutes: number
}
export const rollupFields = [
  'subtasks',
  'done',
  'estimateMinutes',
  'spentMinutes',
] as const satisfies readonly (keyof Rollup)[]

type Numbers<Name extends string> = Readonly<Record<Name, number>>

/** Sides of a change: what was counts down, what is counts up. */
const sides = (before: Task | undefined, after: Task | undefined): [Task, -1 | 1][] => [
  ...(before === undefined ? [] : ([[before, -1]] as [Task, -1][])),
  ...(after === undefined ? [] : ([[after, 1]] as [Task, 1][])),
]

const tally = (counted: readonly [Task, number][]): Tally => {
  const status: Record<string, number> = {}
  const priority: Record<string, number> = {}
  let total = 0
  for (const [task, amount] of counted) {
    total += amount
    status[task.status] = (status[task.status] ?? 0) + amount
    priority[task.priority] = (priority[task.priority] ?? 0) + amount
  }
  return { total, status, priority }
}

/** What a change adds to the counters of the workspace and of each project. Archive and trash do not count. */
export const talliesOf = (
  before: Task | undefined,
  after: Task | undefined,
): { readonly workspace: Tally; readonly projects: ReadonlyMap<string, Tally> } => {
  const counted = sides(before, after).filter(([task]) => lifeOf(task) === 'active')
  const projectIds = new Set(counted.map(([task]) => task.projectId))
  const projects = [...projectIds].map(
    (id) => [id, tally(counted.filter(([task]) => task.projectId === id))] as const,
  )
  return { workspace: tally(counted), projects: new Map(projects) }
}

/** What a task adds to those above it: nothing while it is in the trash or cancelled. */
const shareOf = (task: Task): Rollup => {
  if (task.trashedAt !== null || task.status === 'cancelled') {
    return { subtasks: 0, done: 0, estimateMinutes: 0, spentMinutes: 0 }
  }
  return {
    subtasks: 1,
    done: task.status === 'done' ? 1 : 0,
    estimateMinutes: task.estimateMinutes ?? 0,
    spentMinutes: spentMinutes(task),
  }
}

/** What a change adds to the roll-ups of the tasks above, by their ids; only what moves. */
export const rollupsOf = (before: Task | undefined, after: Task | undefined): ReadonlyMap<string, Rollup> => {
  const sums = new Map<string, Numbers<keyof Rollup>>()
  for (const [task, sign] of sides(before, after)) {
    const share = shareOf(task)
    for (const id of task.ancestorIds) {
      const sum = sums.get(id)
      const add = (name: keyof Rollup) => (sum?.[name] ?? 0) + sign * share[name]
      sums.set(id, {
        subtasks: add('subtasks'),
        done: add('done'),
        estimateMinutes: add('estimateMinutes'),
        spentMinutes: add('spentMinutes'),
      })
    }
  }
  return new Map([...sums].filter(([, sum]) => Object.values(sum).some((amount) => amount !== 0)))
}
