/** What the domain asks of storage and services. `shared/data` and `shared/world` implement it, tests fake it. */
import type { CommentEntry, HistoryEntry, Statistics } from '../api/schemas/record.ts'
import type { LifeState, Sort, Status, TaskRow } from '../api/schemas/task.ts'
import type { Target } from './access/target.ts'
import type { Account, EndCause, Person, Session } from './account/person.ts'
import type { PoolToken } from './account/refreshToken.ts'
import type { Comment } from './comments/comment.ts'
import type { Group } from './groups/group.ts'
import type { Rollup } from './pipeline/tallies.ts'
import type { DeclaredField, Project } from './projects/project.ts'
import type { RequestMark, Task } from './tasks/task.ts'
import type { Departure, Invitation, Member, Revoked, Workspace } from './workspaces/workspace.ts'

/** A conditional write either happened or met something in its way. */
export type Written<Entity> =
  | { readonly won: true }
  | { readonly won: false; readonly present: Entity | undefined }

/** A creation either happened, or ran before under the same Idempotency-Key, or met something else in its way. */
export type Created<Entity> =
  | { readonly won: true }
  | { readonly won: false; readonly ran: { readonly payload: string; readonly entity: Entity } | undefined }

export interface Slice<Entity> {
  readonly items: readonly Entity[]
  readonly more: boolean
}

export interface SessionEnd {
  readonly endedAt: string
  readonly endedBecause: EndCause
}

/** Who somebody is, as every request asks. */
export interface PeopleByKey {
  person(userId: string): Promise<Person | undefined>
  session(userId: string, sessionId: string): Promise<Session | undefined>
}

export interface People extends PeopleByKey {
  addPerson(person: Person): Promise<Written<Person>>
  activate(userId: string, now: string): Promise<Written<Person>>
  editPerson(person: Person): Promise<Written<Person>>
  endSessions(userId: string, now: string, kept: string | null): Promise<Written<Person>>
  /** Ends every session but `kept`; loses when any others have been ended together since the person was read. */
  endOtherSessions(person: Person, now: string, kept: string): Promise<Written<Person>>
  /** Newest first, behind a place; not those that were ended one by one. Follows the writes by a moment. */
  sessions(userId: string, limit: number, behind?: string): Promise<Slice<Session>>
  addSession(session: Session): Promise<Written<Session>>
  endSession(userId: string, sessionId: string, end: SessionEnd): Promise<Written<Session>>
  /** Moves a session from one generation of its refresh token to the next. Loses to its end and to any other move. */
  rotate(session: Session, next: Session): Promise<Written<Session>>
  poolToken(userId: string, sessionId: string): Promise<PoolToken | undefined>
  addPoolToken(token: PoolToken): Promise<Written<PoolToken>>
}

/** The number of active owners of a workspace, which moves together with whom it counts. */
export interface OwnersMove {
  /** As it was seen. */
  readonly workspace: Workspace
  readonly owners: number
}

/** What requests about tasks and projects ask of a workspace. */
export interface WorkspacesByKey {
  workspace(workspaceId: string): Promise<Workspace | undefined>
  /** An active member: who is suspended is none. */
  member(workspaceId: string, userId: string): Promise<Member | undefined>
  group(workspaceId: string, groupId: string): Promise<Group | undefined>
  /** In whatever state, as memberships. */
  members(workspaceId: string, limit: number, after?: string): Promise<Slice<Member>>
}

export interface Workspaces extends WorkspacesByKey {
  /** For those who look after members, and for people's own choices. */
  memberInAnyState(workspaceId: string, userId: string): Promise<Member | undefined>
  invitation(workspaceId: string, id: string): Promise<Invitation | undefined>
  /** The latest departure of a former member, of the last thirty days: longer than any invitation waits. */
  departure(workspaceId: string, userId: string): Promise<Departure | undefined>
  /** In whatever state. */
  invitations(workspaceId: string, limit: number, after?: string): Promise<Slice<Invitation>>
  memberships(userId: string, limit: number, after?: string): Promise<Slice<Member>>
  found(workspace: Workspace, owner: Member, mark: RequestMark | null): Promise<Created<Workspace>>
  editWorkspace(workspace: Workspace): Promise<Written<Workspace>>
  setProjectRoles(member: Member): Promise<Written<Member>>
  /** Role and state. A loss without a member in the way is one to another change of owners, or to a removal. */
  setStanding(member: Member, move: OwnersMove | undefined): Promise<Written<Member>>
  /** Loses to any change of the member or of the owners since. */
  removeMember(member: Member, departure: Departure, move: OwnersMove | undefined): Promise<Written<Member>>
  /** Both or none. What is in the way is the heir, if anything. */
  transferOwnership(heir: Member, former: Member): Promise<Written<Member>>
  invite(invitation: Invitation, mark: RequestMark | null): Promise<Created<Invitation>>
  /** Loses to an acceptance. */
  revoke(invitation: Revoked): Promise<Written<Invitation>>
  /** Loses to anything that has happened to the invitation, its inviter or the member since. */
  join(accepted: Invitation, member: Member, inviter: Member): Promise<Written<Invitation>>
}

export interface Projects {
  project(workspaceId: string, projectId: string): Promise<Project | undefined>
  projects(workspaceId: string, limit: number, after?: string): Promise<Slice<Project>>
  /** A loss without an earlier run means that another project has the key. */
  add(project: Project, mark: RequestMark | null): Promise<Created<Project>>
  edit(project: Project): Promise<Written<Project>>
  field(workspaceId: string, fieldId: string): Promise<DeclaredField | undefined>
}

/** Whose list shows a task: an assignee's, that of a group, that of somebody it is shared with, a project's, that of the task above it. */
export type ListOwner =
  | { readonly assigneeId: string }
  | { readonly groupId: string }
  | { readonly sharedWith: string }
  | { readonly projectId: string }
  | { readonly parentId: string }

/** Whom a link is for: the owner of a list, or a person or group whom the task reminds. */
export type LinkOwner = ListOwner | { readonly remindedId: string }

export interface ListRequest {
  readonly workspaceId: string
  readonly of: ListOwner
  readonly life: LifeState
  readonly statuses: readonly Status[]
  readonly sort: Sort
  readonly descending: boolean
  readonly dueFrom?: string | undefined
  readonly dueBefore?: string | undefined
  /** Sort key of the last row of the page before. */
  readonly position?: string | undefined
  readonly limit: number
  /** Lets rows through. So many are read for a page at most; the next one goes on from there. */
  readonly where?: (row: TaskRow) => boolean
}

export interface ListPage {
  readonly rows: readonly { readonly row: TaskRow; readonly position: string }[]
  readonly more: boolean
  /** How far was read, where that lies behind the last row. */
  readonly reached?: string | undefined
}

export interface Tasks {
  task(workspaceId: string, taskId: string): Promise<Task | undefined>
  /** The task that an earlier run of the same request made: the same seed, an earlier time. */
  madeAs(workspaceId: string, taskId: string): Promise<Task | undefined>
  add(task: Task): Promise<Written<Task>>
  /** All or none; false when something stands under one of their ids. At most 100. */
  addAll(all: readonly Task[]): Promise<boolean>
  /**
   * Loses to any write since the state it was made from.
   * @param attempt counts from 1: whoever has lost several times is answered after a while, with the state by then
   */
  replace(task: Task, attempt?: number): Promise<Written<Task>>
  /** Removes the item of a task. Loses to any write since the state it was read in. */
  drop(task: Task): Promise<Written<Task>>
  /** Sets the human id after another task had claimed the number first. */
  renumber(task: Task, key: string): Promise<Written<Task>>
  /** Subtasks of a task, whatever their state; a page in the order of their ids, behind `after`. */
  children(workspaceId: string, parentId: string, limit: number, after?: string): Promise<Slice<string>>
  list(request: ListRequest): Promise<ListPage>
  /** The highest number given out in a project; 0 when there is none. */
  lastNumber(workspaceId: string, projectId: string): Promise<number>
  /** Claims a number for a task. True also when the task holds it already. */
  claimNumber(task: Task, number: number): Promise<boolean>
  /** The id of the task with a human id, `OPS-42`. Follows the writes by a moment. */
  idOf(workspaceId: string, humanId: string): Promise<string | undefined>
  /** Lets no human id find a task that is gone, those of earlier projects included. */
  forgetKeys(task: Task): Promise<void>
}

/** Comments on tasks, each below its task. */
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

/**
 * What stands above what, and what waits for what, in a workspace. Every change that could close a circle moves one
 * version, so that of two that were judged by the same state only one is written.
 */
export interface Structure {
  /** 0 before the first change. */
  version(workspaceId: string): Promise<number>
  /** Writes tasks and moves the version, all or none. False when the version has moved, or one of the tasks has. */
  write(workspaceId: string, version: number, tasks: readonly Task[]): Promise<boolean>
}

interface Chained {
  readonly workspaceId: string
  /** Of the event before in the sequence. Absent, as the next, of events from before there was a chain. */
  readonly previousHash?: string
  readonly hash?: string
}

/** One numbered event of a workspace. */
export interface Event extends HistoryEntry, Chained {
  /** Of a task that is gone for good: whom it was visible to. */
  readonly readers?: Target
}

/** The same about a comment. `id` is the same however often the record is consumed, and that of no other event. */
export interface CommentEvent extends CommentEntry, Chained {
  readonly id: string
}

/** Where a page of a history ended: above which version, and above which number among events of comments. */
export interface HistoryPlace {
  readonly version: number
  readonly sequence: number
}

export interface Records {
  /** Newest first, below version `before`. */
  history(workspaceId: string, taskId: string, limit: number, before?: number): Promise<Slice<Event>>
  /** The event that made a version. */
  event(workspaceId: string, taskId: string, version: number): Promise<Event | undefined>
  /** From a version on, oldest first, as far as the history has come. */
  changesFrom(workspaceId: string, taskId: string, version: number): Promise<Event[]>
  /** What all tasks below one come to. Follows the writes by a moment. */
  rollup(workspaceId: string, taskId: string): Promise<Rollup>
  statistics(workspaceId: string, projectId?: string): Promise<Statistics>
}

/** The part of a task's history that is about its comments. */
export interface CommentRecords {
  /** Events of comments, newest first, below the number `before`. */
  commentHistory(
    workspaceId: string,
    taskId: string,
    limit: number,
    before?: number,
  ): Promise<Slice<CommentEvent>>
}

/** What requests about tasks and projects work with: every method costs each of their functions its bytes. */
export interface Stores {
  readonly people: PeopleByKey
  readonly workspaces: WorkspacesByKey
  readonly projects: Projects
  readonly tasks: Tasks
  readonly structure: Structure
  readonly records: Records
}

export interface AllStores extends Stores {
  readonly comments: Comments
  readonly people: People
  readonly workspaces: Workspaces
}

/** Tokens of one sign-in; `expiresIn` is the access token's lifetime in seconds. */
export interface Grant {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresIn: number
}

/** What a right password gives in place of tokens where Cognito asks for a code of the authenticator as well. */
export interface Challenge {
  readonly session: string
  /** Cognito's own name of the account; a challenge is not answered with an address. */
  readonly username: string
}

/** Cognito, seen from the routes. Expected refusals are `Failure`s. */
export interface Identity {
  /** The new person's id, or `undefined` when the address has an account, or could get no mail. */
  signUp(account: Omit<Account, 'id'>, password: string): Promise<string | undefined>
  /** The account whose address this proves, as it was given at sign-up. */
  confirm(email: string, code: string, password: string): Promise<Account>
  /** Mails a new code to an address that waits for one; to any other, nothing. */
  resendCode(email: string): Promise<void>
  signIn(email: string, password: string): Promise<Grant | Challenge>
  refresh(refreshToken: string): Promise<Omit<Grant, 'refreshToken'>>
  /** Makes a refresh token worthless (RFC 7009); unknown ones are no error. */
  revoke(refreshToken: string): Promise<void>
  changePassword(accessToken: string, current: string, next: string): Promise<void>
  /** For somebody who has proven the present one and got no token for it. */
  setPassword(email: string, next: string): Promise<void>
  forgotPassword(email: string): Promise<void>
  /** The account whose password it now is. */
  resetPassword(email: string, code: string, next: string): Promise<Account>
}
