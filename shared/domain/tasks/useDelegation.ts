import { type Delegation, mostAssignees, type TaskReply } from '../../api/schemas/task.ts'
import { may } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure, invalidField } from '../failure.ts'
import { isGroupId } from '../groups/everybody.ts'
import type { Stores } from '../ports.ts'
import type { Call, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { act } from './act.ts'
import { assignedGroupsOf } from './assignees.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { versionMadeBy } from './idempotency.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, load, type TaskAsk } from './taskCase.ts'

type DelegateAsk = TaskAsk<Delegation>

interface Loaded {
  readonly task: Task | undefined
  /** Who is to have it. */
  readonly next: Member | undefined
}

/** Whether the request has run: whoever handed it on gets the answer, whatever has become of them and of it since. */
const isRepeated = (task: Task, { mark }: DelegateAsk): boolean => versionMadeBy(task, mark) !== undefined

/**
 * What is assigned to others is handed on by those who may assign whatever they like; what is to a group, by each who
 * is in it.
 */
const requireAllowed = ({ ask, member }: Call<DelegateAsk>, task: Task, from: string): void => {
  const { owners: _, groupIds: __, ...place } = aboutTask(task)
  const isOwn = from === ask.userId || assignedGroupsOf(member, task).includes(from)
  if (!isOwn && !may(member, 'task.assign', place)) throw new Failure('forbidden')
}

/** What the caller hands on unless it is said: the own assignment, or else that of the one group they have it through. */
const ownPart = ({ ask, member }: Call<DelegateAsk>, task: Task): string => {
  const groups = task.assigneeIds.includes(ask.userId) ? [] : assignedGroupsOf(member, task)
  if (groups.length > 1) throw invalidField('/from', 'must say which of your groups hands it on')
  return groups[0] ?? ask.userId
}

/** The person takes the place of whoever had it, a whole group included. */
const handedOn = (task: Task, from: string, { to }: Delegation, editor: Editor): Task => {
  const { assigneeIds, assigneeGroupIds } = task
  if (!assigneeIds.includes(from) && !assigneeGroupIds.includes(from)) {
    if (from !== editor.userId) throw invalidField('/from', 'must be assigned to the task')
    throw new Failure('conflict', 'The task is not assigned to you, or not any more.')
  }
  const others = assigneeIds.filter((id) => id !== to)
  const next = {
    assigneeIds: isGroupId(from) ? [...others, to] : others.map((id) => (id === from ? to : id)),
    assigneeGroupIds: assigneeGroupIds.filter((id) => id !== from),
  }
  if (next.assigneeIds.length > mostAssignees)
    throw new Failure('conflict', `At most ${mostAssignees} people are assigned: take one out first.`)
  return revise(task, next, editor)
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
    return isRepeated(existing(task), ask)
      ? { ...target, owners: [...(target.owners ?? []), ask.userId] }
      : target
  },
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const { to, note } = ask.body
    const task = existing(loaded.task)
    const isFirst = !isRepeated(task, ask)
    if (isFirst && ask.body.from !== undefined) requireAllowed(call, task, ask.body.from)
    if (isFirst && loaded.next === undefined) throw invalidField('/to', 'must be a member of this workspace')
    const decide = (present: Task): Task => {
      requireVersion(present, ask.expected)
      const from = ask.body.from ?? ownPart(call, present)
      if (to === from) throw invalidField('/to', 'must be somebody else')
      const editor = { ...editorOf(call), cause: { kind: 'delegated', from, to, note } as const }
      return handedOn(present, from, ask.body, editor)
    }
    return answer(await act(ask, task, decide, stores), member)
  },
}
