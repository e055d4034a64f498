import type { JobAction } from '../../api/schemas/jobs.ts'
import { Failure } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import type { Editor } from '../tasks/edit.ts'
import { withMark } from '../tasks/idempotency.ts'
import { checkPeople } from '../tasks/people.ts'
import type { Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { ItemResult, Job } from './job.ts'
import { applyOperation, newlyAssigned, requireAllowed } from './operation.ts'

/** What one step knows, as it is at its beginning. */
export interface StepFacts {
  readonly job: Job
  readonly isCancelled: boolean
  /** Whoever made the job, as a member with the role of this moment; absent once removed. */
  readonly member: Member | undefined
  /** Everybody whom the patch names. */
  readonly members: ReadonlyMap<string, Member | undefined>
  readonly editor: Editor
}

export interface ItemDone {
  readonly result: ItemResult
  /** Whom the change has newly assigned. */
  readonly told: readonly string[]
}

const attempts = 20

const just = (result: ItemResult): ItemDone => ({ result, told: [] })

const assigneesOf = (action: JobAction): readonly string[] =>
  action.kind === 'edit' ? (action.patch.assigneeIds ?? []) : []

/**
 * The mark that a job leaves on a task it has changed: its key is the job's id, its payload has one digit for each
 * person of the patch, 1 for those newly assigned. A repeated step finds by it what it has done, to whom.
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

const refusal = ({ code, message, errors: [first] }: Failure): ItemDone => {
  if (code === 'not-found') return just({ outcome: 'missing' })
  const detail = first === undefined ? message : `${first.pointer} ${first.detail}`
  return just({ outcome: 'refused', problem: { code, ...(detail !== '' && { detail }) } })
}

/** What is to be written, or the result when there is nothing to write. Expected refusals are results. */
const decide = (task: Task | undefined, facts: StepFacts): Task | ItemDone => {
  const { job, member, members, editor } = facts
  const before = task && doneBefore(task, job)
  if (before !== undefined) return before
  if (facts.isCancelled) return just({ outcome: 'cancelled' })
  if (task === undefined) return just({ outcome: 'missing' })
  try {
    if (member === undefined) throw new Failure('forbidden', 'Whoever made the job is no member any more.')
    requireAllowed(task, job.action, member)
    if (job.action.kind === 'edit') checkPeople(job.action.patch, members, task)
    const next = applyOperation(task, job.action, editor)
    if (next === task) return just({ outcome: 'unchanged', version: task.version })
    if (job.dryRun) return just({ outcome: 'would-change', version: task.version })
    return withMark(next, markFor(job, task, next))
  } catch (error) {
    if (error instanceof Failure) return refusal(error)
    throw error
  }
}

/**
 * Does what the job asks to one task: a single conditional write, decided again from the present state whenever
 * another came first. Running it again finds the mark and changes nothing.
 */
export const runItem = async (
  seen: Task | undefined,
  facts: StepFacts,
  tasks: Pick<Tasks, 'replace'>,
): Promise<ItemDone> => {
  let present = seen
  for (let attempt = 0; attempt < attempts; attempt++) {
    const decided = decide(present, facts)
    if ('result' in decided) return decided
    const written = await tasks.replace(decided)
    if (written.won) return doneBefore(decided, facts.job) as ItemDone
    present = written.present
  }
  return just({
    outcome: 'refused',
    problem: { code: 'unavailable', detail: 'Too many others were changing this task at the same time.' },
  })
}
