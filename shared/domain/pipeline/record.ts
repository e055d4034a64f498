import type { Exports } from '../account/exports.ts'
import type { Person, Session } from '../account/person.ts'
import type { Comment } from '../comments/comment.ts'
import type { Group, GroupDeletion } from '../groups/group.ts'
import type { Chunk, Listing, Progress } from '../jobs/job.ts'
import type { Preferences } from '../notices/preferences.ts'
import type { Task } from '../tasks/task.ts'
import type { Token } from '../tokens/token.ts'
import type { Delivery, Replay } from '../webhooks/delivery.ts'
import type { Webhook } from '../webhooks/webhook.ts'
import type { Departure, Invitation, Member, Workspace } from '../workspaces/workspace.ts'

/** The states of a task before and after a write; at least one of them. */
export interface TaskChange {
  readonly before?: Task | undefined
  readonly after?: Task | undefined
}

/** The states of something before and after a write. */
export interface Change<Entity> {
  readonly before?: Entity
  readonly after?: Entity
}

/** With when it was written, or a moment later: the stream tells whole seconds. */
export interface DatedChange<Entity> extends Change<Entity> {
  readonly by: string
}
export type MemberChange = DatedChange<Member>

/** A record about a part of a job. */
type JobRecord =
  | { readonly kind: 'jobChunk'; readonly before?: Chunk; readonly after?: Chunk }
  | { readonly kind: 'jobListing'; readonly before?: Listing; readonly after?: Listing }
  | { readonly kind: 'jobProgress'; readonly before?: Progress; readonly after?: Progress }

/** One record of the stream: the state before and after, of whatever kind the item is. */
export type Record =
  | ({ readonly kind: 'task' } & TaskChange)
  | ({ readonly kind: 'comment' } & Change<Comment>)
  | ({ readonly kind: 'person' } & Change<Person>)
  | ({ readonly kind: 'session' } & Change<Session>)
  | ({ readonly kind: 'token' } & DatedChange<Token>)
  | ({ readonly kind: 'workspace' } & Change<Workspace>)
  | ({ readonly kind: 'invitation' } & DatedChange<Invitation>)
  | ({ readonly kind: 'member' } & MemberChange)
  | ({ readonly kind: 'exports' } & Change<Exports>)
  | ({ readonly kind: 'preferences' } & Change<Preferences>)
  | ({ readonly kind: 'group' } & Change<Group>)
  | ({ readonly kind: 'groupDeletion' } & Change<GroupDeletion>)
  | ({ readonly kind: 'departure' } & Change<Departure>)
  | ({ readonly kind: 'webhook' } & Change<Webhook>)
  | ({ readonly kind: 'delivery' } & Change<Delivery>)
  | ({ readonly kind: 'replay' } & Change<Replay>)
  | JobRecord
  | { readonly kind: 'other' }
