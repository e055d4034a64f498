import type { News } from '../../api/live.ts'
import type { NumberedEvent } from '../audit/event.ts'
import type { Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Connection } from './connection.ts'
import { taskOf } from './useChanges.ts'
import { visible } from './visible.ts'

/** What is to be told to the connections of one workspace. */
export interface Batch {
  readonly workspaceId: string
  /** In the order of their numbers. */
  readonly events: readonly NumberedEvent[]
  /** Notices by whom they are for. */
  readonly notices: ReadonlyMap<string, readonly string[]>
  /** Tasks which others look at than before. */
  readonly watched: ReadonlySet<string>
}

export const isEmpty = ({ events, notices, watched }: Batch): boolean =>
  events.length === 0 && notices.size === 0 && watched.size === 0

/** Events whose numbers follow one another. */
const runsOf = (events: readonly NumberedEvent[]): NumberedEvent[][] => {
  const runs: NumberedEvent[][] = []
  for (const event of events) {
    const last = runs.at(-1)
    if (last?.at(-1)?.sequence === event.sequence - 1) last.push(event)
    else runs.push([event])
  }
  return runs
}

type Tasks = ReadonlyMap<string, Task | undefined>

const changesOf = (
  run: readonly NumberedEvent[],
  { subscribedTo }: Connection,
  member: Member,
  tasks: Tasks,
): News => {
  const told = run
    .filter((event) => subscribedTo === null || !('taskId' in event) || event.taskId === subscribedTo)
    .flatMap((event) => visible(member, event, taskOf(event, tasks)) ?? [])
  const [first, last] = [run[0]?.sequence ?? 0, run.at(-1)?.sequence ?? 0]
  return { type: 'changes', since: first - 1, upTo: last, events: told }
}

/** Who looks at which task. */
export type Lookers = ReadonlyMap<string, readonly string[]>

/** What one connection is told of a batch, for a member who may read the task that they look at, if any. */
export const newsFor = (
  connection: Connection,
  member: Member,
  { events, notices, watched }: Batch,
  around: { readonly tasks: Tasks; readonly lookers: Lookers },
): News[] => {
  const { looksAt, userId } = connection
  const userIds = looksAt === null || !watched.has(looksAt) ? undefined : around.lookers.get(looksAt)
  return [
    ...runsOf(events).map((run) => changesOf(run, connection, member, around.tasks)),
    ...(notices.get(userId) ?? []).map((notificationId): News => ({ type: 'notification', notificationId })),
    ...(looksAt === null || userIds === undefined
      ? []
      : [{ type: 'presence' as const, taskId: looksAt, userIds: [...userIds] }]),
  ]
}

/** API Gateway takes 128 KB a frame. */
const largestFrame = 120_000

/** The frame as it is sent; of one that would be too large, how far the connection is behind, and the rest. */
export const written = (all: readonly News[]): string => {
  const frame = JSON.stringify(all)
  if (Buffer.byteLength(frame) <= largestFrame) return frame
  const shorter = all.map(
    (news): News => (news.type === 'changes' ? { type: 'behind', upTo: news.upTo } : news),
  )
  return JSON.stringify(shorter)
}
