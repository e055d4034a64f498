import type { CommentReply } from '../../api/schemas/comments.ts'
import type { Target } from '../access/target.ts'
import { may } from '../access/target.ts'
import { outdated } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { Comments, Tasks, WorkspacesByKey } from '../ports.ts'
import { existing, found } from '../tasks/change.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import type { TaskParams } from '../tasks/taskCase.ts'
import type { Ask, Call, Outcome } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { type Comment, isGone } from './comment.ts'
import { aboutComment, presentComment } from './present.ts'

export interface CommentWorld {
  readonly tasks: Pick<Tasks, 'task'>
  readonly workspaces: Pick<WorkspacesByKey, 'member' | 'group'>
  readonly comments: Comments
}

export interface CommentParams extends TaskParams {
  readonly commentId: string
}
export type CommentAsk<Body = unknown> = Ask<CommentParams, unknown, Body>

/** A comment with the task it is on. */
export interface Loaded {
  readonly task: Task | undefined
  readonly comment: Comment | undefined
}

export const load = async (
  { params: { workspaceId, taskId, commentId } }: Ask<CommentParams>,
  { tasks, comments }: CommentWorld,
): Promise<Loaded> => {
  const [task, comment] = await Promise.all([
    tasks.task(workspaceId, taskId),
    comments.comment(workspaceId, taskId, commentId),
  ])
  return { task, comment }
}

/** Who may see the task; whose the comment is, is looked at afterwards. */
export const about = ({ task }: Pick<Loaded, 'task'>): Target => aboutTask(existing(task))
/** The same as long as the task can be looked at, also in the trash. */
export const aboutReading = ({ task }: Pick<Loaded, 'task'>): Target => aboutTask(found(task))

/** A comment that somebody may see, if only its place. */
export const visible = (comment: Comment | undefined): Comment => {
  if (comment === undefined || isGone(comment)) throw notFound()
  return comment
}

/** One that is not deleted. */
export const standing = (comment: Comment | undefined): Comment => {
  const there = visible(comment)
  if (there.deletedAt !== null)
    throw new Failure('conflict', 'The comment is deleted; only its place is left.')
  return there
}

/** @throws Failure `forbidden` where a comment is not the caller's to edit or delete */
export const requireRight = (
  action: 'comment.edit' | 'comment.delete',
  { task, comment }: { readonly task: Task; readonly comment: Comment },
  member: Member,
): void => {
  if (!may(member, action, aboutComment(task, comment))) throw new Failure('forbidden')
}

/**
 * Refuses a version in which the text was another one; whatever else has happened to the comment does not matter.
 * @param mine what the caller would have it be
 */
export const requireText = (present: Comment, expected: number | undefined, mine?: string): void => {
  if (expected === undefined || expected === present.version) return
  if (expected > present.version) throw new Failure('precondition-failed', 'No such version exists yet.')
  if (present.bodyVersion <= expected || present.body === mine) return
  if (mine === undefined) throw outdated(present)
  const conflicts = [{ field: 'body', mine, theirs: present.body }]
  throw new Failure('precondition-failed', undefined, { extra: { version: present.version, conflicts } })
}

const attempts = 20

/** Writes what `decide` makes of a comment, again from the present state whenever another write came first. */
export const changeComment = async (
  comment: Comment,
  decide: (present: Comment) => Comment,
  comments: Pick<Comments, 'replace'>,
): Promise<Comment> => {
  let present = comment
  for (let attempt = 0; attempt < attempts; attempt++) {
    const next = decide(present)
    if (next === present) return present
    const result = await comments.replace(next)
    if (result.won) return next
    present = visible(result.present)
  }
  throw new Failure('unavailable', 'Too many others are changing this comment at the same time.')
}

/** The comment with other values, as a change of the caller's. */
export const changed = (comment: Comment, values: Partial<Comment>, { ask }: Pick<Call, 'ask'>): Comment => ({
  ...comment,
  ...values,
  updatedAt: ask.now,
  updatedBy: ask.userId,
  through: ask.through,
  version: comment.version + 1,
})

export const answer = (comment: Comment, task: Task, member: Member): Outcome<CommentReply> => ({
  body: presentComment(comment, task, member),
  version: comment.version,
})
