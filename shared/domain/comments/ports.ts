import type { Slice, Written } from '../ports.ts'
import type { Comment } from './comment.ts'

export interface Comments {
  comment(workspaceId: string, taskId: string, commentId: string): Promise<Comment | undefined>
  /** The comment that an earlier run of the same request made: the same seed, an earlier time. */
  madeAs(workspaceId: string, taskId: string, commentId: string): Promise<Comment | undefined>
  add(comment: Comment): Promise<Written<Comment>>
  /** Loses to any write since the state it was made from. */
  replace(comment: Comment): Promise<Written<Comment>>
  /**
   * A reply together with the comment that it answers: all or nothing; one that is new has version 1.
   * False when either has been written since.
   */
  writeReply(reply: Comment, thread: Comment): Promise<boolean>
  /** Newest first, behind the comment `before`; those that are gone are not among them. Follows the writes by a moment. */
  list(workspaceId: string, taskId: string, limit: number, before?: string): Promise<Slice<Comment>>
  /** Every comment there is of a task, those that are gone as well, in whatever order. */
  all(workspaceId: string, taskId: string): Promise<readonly Comment[]>
  /** However it has changed since. */
  drop(comment: Comment): Promise<void>
}
