import type { JobAction, Operation } from '../../api/schemas/jobs.ts'
import type { TaskPatch } from '../../api/schemas/task.ts'
import { requireVersion } from '../edited.ts'
import { Failure, invalidField } from '../failure.ts'
import type { Records, Tasks } from '../ports.ts'
import { merge } from '../tasks/change.ts'
import type { Editor } from '../tasks/edit.ts'
import { withMark } from '../tasks/idempotency.ts'
import type { RequestMark, Task } from '../tasks/task.ts'
import { tellTogether } from '../tasks/telling.ts'
import type { Member } from '../workspaces/workspace.ts'
import { checkNamed, type Named } from './named.ts'
import { applyOperation, targetOf } from './operation.ts'
import { asPart } from './pointers.ts'

export interface BatchFacts {
  readonly member: Member
  readonly named: Named
  readonly tasks: Tasks
  readonly records: Records
  readonly mark: RequestMark | null
  readonly editor: Editor & { readonly cause: { readonly kind: 'bulk'; readonly id: string } }
}

/** DynamoDB takes 4 MB in one transaction. */
const bytesLimit = 3_500_000

const actionOf = ({ patch, action }: Operation): JobAction =>
  patch === undefined ? { kind: action ?? 'complete' } : { kind: 'edit', patch }

const patchOf = (action: JobAction): TaskPatch | undefined => {
  if (action.kind === 'edit') return action.patch
  return action.kind === 'complete' ? { status: 'done' } : undefined
}

/** The task after its operation. A stale `expected` merges where it can, as If-Match does. */
const decide = async (seen: Task | undefined, operation: Operation, facts: BatchFacts): Promise<Task> => {
  const { member, named, editor, records } = facts
  const action = actionOf(operation)
  const task = targetOf(seen, action, member)
  const patch = patchOf(action)
  if (patch !== undefined) {
    checkNamed(patch, named, member, task)
    return merge(patch, operation.expected, editor, task, records)(task)
  }
  requireVersion(task, operation.expected)
  return applyOperation(task, action, editor, facts)
}

/** Where in an operation the reason of its refusal lies. */
const placeIn = ({ patch }: Operation, { code }: Failure): string => {
  if (code === 'not-found') return '/taskId'
  if (code === 'precondition-failed') return '/expected'
  return patch !== undefined && code === 'invalid-request' ? '/patch' : ''
}

/** A request that is known by its mark leaves one on every task, also where nobody sees a change. */
const marked = (before: Task, after: Task, mark: RequestMark | null): Task => {
  if (mark === null) return after
  return withMark(after === before ? { ...after, revision: after.revision + 1 } : after, mark)
}

/**
 * The tasks after their operations; the same object where nothing is to be written.
 * @throws Failure of the first operation that is refused, with pointers into the body
 */
export const decideAll = async (
  seen: readonly (Task | undefined)[],
  operations: readonly Operation[],
  facts: BatchFacts,
): Promise<Task[]> => {
  const after: Task[] = []
  for (const [index, operation] of operations.entries()) {
    try {
      after.push(await decide(seen[index], operation, facts))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      throw asPart(`/operations/${index}${placeIn(operation, error)}`, error)
    }
  }
  const told = tellTogether(seen, after, () => facts.editor.cause)
  const all = told.map((task, index) => marked(seen[index] as Task, task, facts.mark))
  if (Buffer.byteLength(JSON.stringify(all)) > bytesLimit) {
    throw invalidField('/operations', 'must be fewer: these tasks are too large to change in one go')
  }
  return all
}
