import type { Exports } from '../account/exports.ts'
import type { Person } from '../account/person.ts'
import type { Chunk, Listing, Progress } from '../jobs/job.ts'
import type { Task } from '../tasks/task.ts'
import type { Invitation, Member, Workspace } from '../workspaces/workspace.ts'

/** The states of a task before and after a write; at least one of them. */
export interface TaskChange {
  readonly before?: Task | undefined
  readonly after?: Task | undefined
}

/** The states of a member before and after a write. */
export interface MemberChange {
  readonly before?: Member
  readonly after?: Member
  /** When it was written, or a moment later: the stream tells whole seconds. */
  readonly by: string
}

/** The exports of a person before and after a write. */
export interface ExportsChange {
  readonly before?: Exports
  readonly after?: Exports
}

/** A record about a part of a job. */
type JobRecord =
  | { readonly kind: 'jobChunk'; readonly before?: Chunk; readonly after?: Chunk }
  | { readonly kind: 'jobListing'; readonly before?: Listing; readonly after?: Listing }
  | { readonly kind: 'jobProgress'; readonly before?: Progress; readonly after?: Progress }

/** One record of the stream: the state before and after, of whatever kind the item is. */
export type Record =
  | ({ readonly kind: 'task' } & TaskChange)
  | { readonly kind: 'person'; readonly before?: Person; readonly after?: Person }
  | { readonly kind: 'workspace'; readonly before?: Workspace; readonly after?: Workspace }
  | { readonly kind: 'invitation'; readonly before?: Invitation; readonly after?: Invitation }
  | ({ readonly kind: 'member' } & MemberChange)
  | ({ readonly kind: 'exports' } & ExportsChange)
  | JobRecord
  | { readonly kind: 'other' }
