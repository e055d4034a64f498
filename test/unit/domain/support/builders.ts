import type { TaskCreate } from '../../../../shared/api/schemas/task.ts'
import type { Person, Session } from '../../../../shared/domain/account/person.ts'
import type { Group } from '../../../../shared/domain/groups/group.ts'
import { derivedSeed, makeId } from '../../../../shared/domain/ids.ts'
import { derive } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { unborn } from '../../../../shared/domain/tasks/unborn.ts'
import type { Ask } from '../../../../shared/domain/useCase.ts'
import type { Invitation, Member, Workspace } from '../../../../shared/domain/workspaces/workspace.ts'

/** The moment at which the stories of these tests begin. */
export const start = Date.UTC(2026, 10, 21, 9)
export const iso = (instant: number): string => new Date(instant).toISOString()
export const minutes = (count: number): string => iso(start + count * 60_000)

export const idOf = (kind: Parameters<typeof makeId>[0], name: string): string =>
  makeId(kind, start, derivedSeed(name))
/** The id of a person by name, in the form of Cognito's. */
export const userOf = (name: string): string => {
  const hex = Buffer.from(derivedSeed(name, 'user')).toString('hex').padEnd(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}

export const workspaceId = idOf('workspace', 'acme')
export const projectId = idOf('project', 'operations')

export const aMember = (changes: Partial<Member> = {}): Member => ({
  workspaceId,
  workspaceName: 'Acme',
  userId: userOf('ana'),
  name: 'Ana',
  role: 'member',
  joinedAt: iso(start),
  updatedBy: userOf('owner'),
  version: 1,
  ...changes,
})

export const aGroup = (changes: Partial<Group> = {}): Group => ({
  id: idOf('group', 'pilots'),
  workspaceId,
  name: 'Pilots',
  members: 0,
  createdAt: iso(start),
  createdBy: userOf('owner'),
  updatedAt: iso(start),
  updatedBy: userOf('owner'),
  version: 1,
  ...changes,
})

export const aWorkspace = (changes: Partial<Workspace> = {}): Workspace => ({
  id: workspaceId,
  name: 'Acme',
  zone: 'Europe/Madrid',
  createdAt: iso(start),
  createdBy: userOf('owner'),
  updatedAt: iso(start),
  version: 1,
  owners: 1,
  ...changes,
})

export const anInvitation = (changes: Partial<Invitation> = {}): Invitation => ({
  id: idOf('invitation', 'one'),
  workspaceId,
  workspaceName: 'Acme',
  email: 'ana@example.com',
  role: 'member',
  invitedBy: userOf('owner'),
  invitedByName: 'Olga',
  createdAt: iso(start),
  expiresAt: minutes(14 * 1440),
  acceptedAt: null,
  version: 1,
  ...changes,
})

export const aPerson = (changes: Partial<Person> = {}): Person => ({
  id: userOf('ana'),
  email: 'ana@example.com',
  name: 'Ana',
  language: 'es',
  zone: 'Europe/Madrid',
  state: 'active',
  sessionsFrom: iso(start),
  keptSession: null,
  createdAt: iso(start),
  updatedAt: iso(start),
  version: 1,
  ...changes,
})

export const aSession = (changes: Partial<Session> = {}): Session => ({
  id: 'session',
  userId: userOf('ana'),
  createdAt: iso(start),
  expiresAt: minutes(60),
  endedAt: null,
  userAgent: '',
  ...changes,
})

/** The body of a creation that asks for nothing but a title, as the schema hands it on. */
export const plainBody = {
  title: 'Pay rent',
  description: '',
  status: 'open',
  priority: 'none',
  due: null,
  start: null,
  estimateMinutes: null,
  assigneeIds: [],
  assigneeGroupIds: [],
  watcherIds: [],
  tags: [],
  reminders: [],
  parentId: null,
  recurrence: null,
  metadata: {},
  customFields: {},
} satisfies TaskCreate

/** A task as a creation leaves it; what follows from its fields is derived unless given. */
export const aTask = (changes: Partial<Task> = {}): Task => {
  const fields = {
    ...plainBody,
    ...unborn,
    ranks: { [projectId]: 'h00000000V' },
    ...changes,
  } as const
  return {
    ...fields,
    ...derive(fields, changes.remindedUntil ?? iso(start)),
    id: idOf('task', 'one'),
    workspaceId,
    projectId,
    key: 'OPS-1',
    createdAt: iso(start),
    createdBy: userOf('owner'),
    updatedAt: iso(start),
    updatedBy: userOf('owner'),
    completedAt: null,
    version: 1,
    revision: 1,
    fieldVersions: {},
    origin: null,
    marks: [],
    ...changes,
  }
}

export const anAsk = <Params, Query, Body>(
  given: { params: Params; query: Query; body: Body } & Partial<Ask>,
): Ask<Params, Query, Body> => ({
  now: iso(start),
  userId: userOf('ana'),
  sessionId: 'session',
  userAgent: '',
  through: 'web',
  position: undefined,
  mark: null,
  expected: undefined,
  language: 'en',
  refreshToken: undefined,
  ...given,
})
