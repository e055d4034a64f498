import type { Delegation, TaskReply } from '../../api/schemas/task.ts'
import { may } from '../access/target.ts'
import { Failure, invalidField } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Call, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { act } from './act.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { versionMadeBy } from './idempotency.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, load, requireVersion, type TaskAsk } from './taskCase.ts'

type DelegateAsk = TaskAsk<Delegation>
interface Loaded {
  readonly task: Task | undefined
  /** Who is to have it. */
  readonly next: Member | undefined
}

/** What is assigned to others is handed on by those who may assign whatever they like. */
const requireAllowed = ({ ask, member }: Call<DelegateAsk>, task: Task, from: string): void => {
  const { owners: _, ...place } = aboutTask(task)
  if (from !== ask.userId && !may(member, 'task.assign', place)) throw new Failure('forbidden')
}

const handedOn = (task: Task, from: string, { to }: Delegation, editor: Editor): Task => {
  if (!task.assigneeIds.includes(from)) {
    if (from !== editor.userId) throw invalidField('/from', 'must be assigned to the task')
    throw new Failure('conflict', 'The task is not assigned to you, or not any more.')
  }
  const others = task.assigneeIds.filter((id) => id !== to)
  return revise(task, { assigneeIds: others.map((id) => (id === from ? to : id)) }, editor)
}

/** Hands an assignment on to somebody else; the note and who had it before stand in the history. */
export const delegateTask: UseCase<DelegateAsk, Stores, Loaded, TaskReply> = {
  load: async (ask, stores) => {
    const [task, next] = await Promise.all([
      load(ask, stores),
      stores.workspaces.member(ask.params.workspaceId, ask.body.to),
    ])
    return { task, next }
  },
  about: ({ task }, ask) => {
    const target = about(task)
    // Whoever has handed it on may repeat that very request, and get its answer.
    const isRepeated = versionMadeBy(existing(task), ask.mark) !== undefined
    return isRepeated ? { ...target, owners: [...(target.owners ?? []), ask.userId] } : target
  },
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const { to, note, from = ask.userId } = ask.body
    const task = existing(loaded.task)
    requireAllowed(call, task, from)
    if (loaded.next === undefined) throw invalidField('/to', 'must be a member of this workspace')
    if (to === from) throw invalidField('/to', 'must be somebody else')
    const editor = { ...editorOf(call), cause: { kind: 'delegated', from, to, note } as const }
    const decide = (present: Task): Task => {
      requireVersion(present, ask.expected)
      return handedOn(present, from, ask.body, editor)
    }
    return answer(await act(ask, task, decide, stores), member)
  },
}
