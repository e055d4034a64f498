import type { TaskReply } from '../../api/schemas/task.ts'
import type { Target } from '../access/target.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, Outcome } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { existing } from './change.ts'
import type { Editor } from './edit.ts'
import { present } from './present.ts'
import { aboutTask, type Task } from './task.ts'

/** What the routes of one task have in common. */
export interface TaskParams {
  readonly workspaceId: string
  readonly taskId: string
}
export type TaskAsk<Body = unknown, Query = unknown> = Ask<TaskParams, Query, Body>

export const load = ({ params }: TaskAsk, { tasks }: Pick<Stores, 'tasks'>): Promise<Task | undefined> =>
  tasks.task(params.workspaceId, params.taskId)
export const about = (task: Task | undefined): Target => aboutTask(existing(task))

export const answer = (task: Task, member: Member): Outcome<TaskReply> => ({
  body: present(task, member),
  version: task.version,
})

/** @param zone of the workspace, where the change may bring days that name none */
export const editorOf = ({ ask }: Pick<Call, 'ask'>, zone = 'UTC'): Editor => ({
  userId: ask.userId,
  now: ask.now,
  zone,
  through: ask.through,
})
