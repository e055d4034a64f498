import { lifeStates } from '../../api/schemas/task.ts'
import { nextPage } from '../jobs/walk.ts'
import type { AllStores } from '../ports.ts'
import type { Tokens } from '../tokens/token.ts'
import { isActive } from '../workspaces/workspace.ts'
import * as lines from './exportLines.ts'
import type { ExportStore } from './exportPorts.ts'
import { type Cursor, type Export, tasksOf } from './exports.ts'
import type { Person } from './person.ts'

export interface PageWorld extends AllStores {
  readonly exports: ExportStore
  readonly tokens: Tokens
}

/** What is read at one place of an export, and where it goes on; `null` behind the end. */
export interface Page {
  readonly lines: readonly lines.Line[]
  readonly next: Cursor | null
}

interface Subject {
  readonly person: Person
  readonly export: Export
}
type Of<At extends Cursor['at']> = Extract<Cursor, { at: At }>

const pageSize = 100

const account = async ({ person }: Subject, { tokens, exports }: PageWorld): Promise<Page> => {
  const [all, notices] = await Promise.all([tokens.tokens(person.id), exports.notices(person.id)])
  return {
    lines: [lines.profileLine(person), ...all.map(lines.tokenLine), ...notices.map(lines.noticeLine)],
    next: { at: 'sessions', after: null },
  }
}

const sessions = async (
  { after }: Of<'sessions'>,
  { person }: Subject,
  { exports }: PageWorld,
): Promise<Page> => {
  const { items, more } = await exports.sessions(person.id, pageSize, after ?? undefined)
  const last = items.at(-1)?.id
  return {
    lines: items.map(lines.sessionLine),
    next: more && last !== undefined ? { at: 'sessions', after: last } : { at: 'workspaces', after: null },
  }
}

/** One workspace after the other. Where somebody is suspended there is none for them. */
const workspace = async (
  { after }: Of<'workspaces'>,
  { person }: Subject,
  { workspaces }: PageWorld,
): Promise<Page> => {
  const { items } = await workspaces.memberships(person.id, 1, after ?? undefined)
  const [member] = items
  if (member === undefined) return { lines: [], next: null }
  const { workspaceId } = member
  if (!isActive(member)) return { lines: [], next: { at: 'workspaces', after: workspaceId } }
  return {
    lines: [lines.membershipLine(member)],
    next: { at: 'invitations', workspaceId, after: null },
  }
}

const invitations = async (
  { workspaceId, after }: Of<'invitations'>,
  { person }: Subject,
  { workspaces }: PageWorld,
): Promise<Page> => {
  const [{ items, more }, member] = await Promise.all([
    workspaces.invitations(workspaceId, pageSize, after ?? undefined),
    workspaces.member(workspaceId, person.id),
  ])
  if (member === undefined) return { lines: [], next: { at: 'workspaces', after: workspaceId } }
  const last = items.at(-1)?.id
  return {
    lines: items.filter(({ invitedBy }) => invitedBy === person.id).map(lines.invitationLine),
    next: {
      at: more && last !== undefined ? 'invitations' : 'notices',
      workspaceId,
      after: more && last !== undefined ? last : null,
    },
  }
}

/** With what the person has chosen about them. */
const notices = async (
  { workspaceId, after }: Of<'notices'>,
  { person }: Subject,
  { workspaces, exports }: PageWorld,
): Promise<Page> => {
  const [{ items, more }, preferences, member] = await Promise.all([
    exports.noticesOf(workspaceId, person.id, pageSize, after ?? undefined),
    after === null ? exports.preferences(workspaceId, person.id) : undefined,
    workspaces.member(workspaceId, person.id),
  ])
  if (member === undefined) return { lines: [], next: { at: 'workspaces', after: workspaceId } }
  const last = items.at(-1)?.id
  return {
    lines: [...(preferences ? [lines.preferencesLine(preferences)] : []), ...items.map(lines.noticeLine)],
    next: more && last !== undefined ? { at: 'notices', workspaceId, after: last } : tasksOf(workspaceId),
  }
}

/** Whether the person is still a member, and what they may read, is looked up for each page. */
const tasks = async (
  { workspaceId, place }: Of<'tasks'>,
  { person, export: { createdAt } }: Subject,
  world: PageWorld,
): Promise<Page> => {
  const [member, page] = await Promise.all([
    world.workspaces.member(workspaceId, person.id),
    nextPage(place, { workspaceId, lists: lifeStates, until: createdAt }, world),
  ])
  if (member === undefined || page === undefined) {
    return { lines: [], next: { at: 'workspaces', after: workspaceId } }
  }
  return {
    lines: await lines.linesOfTasks(page.taskIds, member, world),
    next: { at: 'tasks', workspaceId, place: page.next },
  }
}

/** Reads what there is at a place. */
export const pageAt = (cursor: Cursor, subject: Subject, world: PageWorld): Promise<Page> => {
  switch (cursor.at) {
    case 'account':
      return account(subject, world)
    case 'sessions':
      return sessions(cursor, subject, world)
    case 'workspaces':
      return workspace(cursor, subject, world)
    case 'invitations':
      return invitations(cursor, subject, world)
    case 'notices':
      return notices(cursor, subject, world)
    case 'tasks':
      return tasks(cursor, subject, world)
  }
}
