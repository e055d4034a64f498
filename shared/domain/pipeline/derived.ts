import type { Person } from '../account/person.ts'
import type { AuditDraft, CommentDraft } from '../audit/event.ts'
import type { Task } from '../tasks/task.ts'
import type { Timer } from '../tasks/timer.ts'
import type { Workspace } from '../workspaces/workspace.ts'
import type { Consequences } from './consequences.ts'

/** A task and the rank that it is to get. */
export interface Rerank {
  readonly task: Task
  readonly rank: string
}

/** What gets a number: a change of a task with all that follows from it, or an event of a comment or for the audit log. */
export type Numbered = Consequences | { readonly event: AuditDraft | CommentDraft }

/** Writes of the stream consumer. Every one of them may be repeated. */
export interface Derived {
  /**
   * Numbers and chains the events, writes history, audit log, links and statistics: all of it or nothing, and what
   * was applied before is passed over. The order is that of the list; all are of one workspace.
   */
  apply(workspaceId: string, all: readonly Numbered[]): Promise<void>
  /** Makes the human id find the task, and copies it to the task's other links. */
  linkKey(task: Task): Promise<void>
  /** Whether the number in the task's human id is claimed by it. */
  holdsNumber(task: Task): Promise<boolean>
  copyPersonName(person: Person): Promise<void>
  copyWorkspaceName(workspace: Workspace): Promise<void>
  /** Gives tasks other ranks in a project, in this order; false as soon as one has been written since it was read. */
  rerank(projectId: string, all: readonly Rerank[]): Promise<boolean>
  /** Puts the links of a task where its ranks in these projects put them now. */
  placeLinks(task: Task, projectIds: readonly string[]): Promise<void>
  /** The timer that the slot of a person names. */
  runningTimer(workspaceId: string, userId: string): Promise<Timer | undefined>
  /** Sets the slot of a person free if it still names this timer. */
  freeTimer(timer: Timer): Promise<void>
}
