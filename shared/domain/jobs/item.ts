import type { JobAction } from '../../api/schemas/jobs.ts'
import { Failure } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import { change, found } from '../tasks/change.ts'
import type { Editor } from '../tasks/edit.ts'
import { withMark } from '../tasks/idempotency.ts'
import type { Task } from '../tasks/task.ts'
import { newlyAssigned } from '../tasks/telling.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { ItemResult, Job } from './job.ts'
import { checkNamed, type Named } from './named.ts'
import { applyOperation, targetOf } from './operation.ts'

/** What one step knows, as it is at its beginning. */
export interface StepFacts {
  readonly job: Job
  readonly isCancelled: boolean
  /** Whoever made the job, as a member with the role of this moment; absent once removed. */
  readonly member: Member | undefined
  readonly named: Named
  readonly editor: Editor
}

export interface ItemDone {
  readonly result: ItemResult
  /** Whom, people and groups, the change has newly assigned. */
  readonly told: readonly string[]
}

const assigneesOf = (action: JobAction): readonly string[] =>
  action.kind === 'edit'
    ? [...(action.patch.assigneeIds ?? []), ...(action.patch.assigneeGroupIds ?? [])]
    : []

/**
 * The mark that a job leaves on a task it has changed: its key is the job's id, its payload has one digit for each
 * person and group of the patch, 1 for those newly assigned. A repeated step finds by it what it has done, and to whom.
 */
const markFor = (job: Job, before: Task, after: Task) => {
  const assigned = newlyAssigned(before, after)
  const digits = assigneesOf(job.action).map((id) => (assigned.includes(id) ? '1' : '0'))
  return { key: job.id, payload: digits.join('') }
}

const doneBefore = (task: Task, job: Job): ItemDone | undefined => {
  const mark = task.marks.find(({ key }) => key === job.id)
  if (mark === undefined) return undefined
  const told = assigneesOf(job.action).filter((_, index) => mark.payload[index] === '1')
  return { result: { outcome: 'changed', version: mark.version }, told }
}

const refusal = ({ code, message, errors: [first] }: Failure): ItemResult => {
  if (code === 'not-found') return { outcome: 'missing' }
  const detail = first === undefined ? message : `${first.pointer} ${first.detail}`
  return { outcome: 'refused', problem: { code, ...(detail !== '' && { detail }) } }
}

/** The task as the job wants it; the very same object when nothing is to change. Throws to refuse. */
const decide = async (present: Task, facts: StepFacts, tasks: Tasks): Promise<Task> => {
  const { job, member, named, editor } = facts
  if (member === undefined) throw new Failure('forbidden', 'Whoever made the job is no member any more.')
  const task = targetOf(present, job.action, member)
  if (job.action.kind === 'edit') checkNamed(job.action.patch, named, member, task)
  const next = await applyOperation(task, job.action, editor, { tasks })
  return next === task ? task : withMark(next, markFor(job, task, next))
}

/**
 * Does what a job asks to one task, in a single conditional write. Running it again finds the mark and changes
 * nothing, whatever others have made of the task since. Refusals are results; surprises are thrown.
 */
export const runItem = async (seen: Task | undefined, facts: StepFacts, tasks: Tasks): Promise<ItemDone> => {
  const { job, isCancelled } = facts
  let outcome: ItemResult['outcome'] = isCancelled ? 'cancelled' : 'unchanged'
  const next = async (present: Task): Promise<Task> => {
    if (isCancelled || doneBefore(present, job) !== undefined) return present
    const wanted = await decide(present, facts, tasks)
    if (!job.dryRun || wanted === present) return wanted
    outcome = 'would-change'
    return present
  }
  try {
    const after = await change(found(seen), next, tasks, found)
    return doneBefore(after, job) ?? { result: { outcome, version: after.version }, told: [] }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { result: refusal(error), told: [] }
  }
}
