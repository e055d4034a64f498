import type { Followed } from '../pipeline/followed.ts'
import type { Change } from '../pipeline/record.ts'
import type { Batch } from './batch.ts'
import type { Connection } from './connection.ts'

const workspacesIn = ({ logs, notices, connections }: Followed): string[] => [
  ...new Set([
    ...logs.map(({ workspaceId }) => workspaceId),
    ...notices.flatMap(({ after }) => after?.workspaceId ?? []),
    ...connections.flatMap(({ before, after }) => (after ?? before)?.workspaceId ?? []),
  ]),
]

/** Tasks that somebody has begun or ended to look at. */
const watchedBy = ({ before, after }: Change<Connection>): string[] => {
  const [old, now] = [before?.looksAt ?? null, after?.looksAt ?? null]
  return old === now ? [] : [old, now].filter((taskId) => taskId !== null)
}

const batchOf = (workspaceId: string, { logs, notices, connections }: Followed): Batch => {
  const rows = notices.flatMap(({ after }) => (after?.workspaceId === workspaceId ? after : []))
  const theirs = rows.filter(({ userId }) => userId !== null)
  const byPerson = Map.groupBy(theirs, ({ userId }) => String(userId))
  const changed = connections.filter(({ before, after }) => (after ?? before)?.workspaceId === workspaceId)
  return {
    workspaceId,
    events: logs.find((log) => log.workspaceId === workspaceId)?.events ?? [],
    notices: new Map([...byPerson].map(([userId, all]) => [userId, [...new Set(all.map(({ id }) => id))]])),
    watched: new Set(changed.flatMap(watchedBy)),
  }
}

/** What each workspace is to be told. */
export const batchesOf = (followed: Followed): Batch[] =>
  workspacesIn(followed).map((workspaceId) => batchOf(workspaceId, followed))

/**
 * Whose connections may have to end: of people whose sessions or tokens have changed, of members who have, and those whose own
 * item is gone, by whatever hand.
 */
export const whoseAccessChanged = ({ sessions, tokens, people, members, connections }: Followed) => ({
  people: new Set([
    // A session that begins ends nothing.
    ...sessions.flatMap(({ before }) => before?.userId ?? []),
    ...tokens.flatMap(({ before }) => before?.userId ?? []),
    ...people.flatMap(({ before }) => before?.id ?? []),
  ]),
  members: members.flatMap(({ before }) => before ?? []),
  removed: connections.flatMap(({ before, after }) => (after === undefined ? (before ?? []) : [])),
})
