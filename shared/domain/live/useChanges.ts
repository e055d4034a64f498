import type * as z from 'zod/mini'
import type { Changes, changesQuery } from '../../api/schemas/changes.ts'
import { isAuditEvent, type NumberedEvent } from '../audit/event.ts'
import { Failure, invalidField } from '../failure.ts'
import type { Tasks } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { visible } from './visible.ts'

/** The numbered events of workspaces. */
export interface EventLog {
  /** The last number given out; 0 before the first. */
  lastNumber(workspaceId: string): Promise<number>
  /** In order, behind `since`, at most `limit` numbers on. */
  stretch(workspaceId: string, since: number, limit: number): Promise<readonly NumberedEvent[]>
}

export interface ChangesWorld {
  readonly log: EventLog
  readonly tasks: Pick<Tasks, 'task'>
}

/** How long changes are told for. */
const days = 30

type ChangesAsk = Ask<{ workspaceId: string }, z.infer<typeof changesQuery>>
interface Loaded {
  readonly head: number
  readonly events: readonly NumberedEvent[]
}

/** As far as they follow one another without a gap, from behind `since`. */
export const gapless = (since: number, events: readonly NumberedEvent[]): NumberedEvent[] =>
  events.filter(({ sequence }, index) => sequence === since + index + 1)

const gone = ({ params: { workspaceId }, userId }: ChangesAsk, head: number): Failure => {
  const base = `/v1/workspaces/${workspaceId}`
  const lists = ['projects', `members/${userId}/tasks`, `members/${userId}/shared-tasks`]
  return new Failure('gone', `Read the lists anew, then go on from ${head}.`, {
    extra: { sequence: head, snapshot: lists.map((list) => `${base}/${list}`) },
  })
}

/**
 * What has come. Of a transaction that is just being written a query may see a part: numbers that are missing then are
 * there when they are asked for again.
 */
const present = async (ask: ChangesAsk, since: number, loaded: Loaded, { log }: ChangesWorld) => {
  const { params, query, now } = ask
  const found = gapless(since, loaded.events)
  const isMissing = found.length === 0 && loaded.head > since
  const again = isMissing ? await log.stretch(params.workspaceId, since, query.limit) : []
  const events = isMissing ? gapless(since, again) : found
  const [first] = events
  const isTooOld = first !== undefined && daysAfter(first.at, days) < now
  if (isTooOld || (isMissing && first === undefined)) throw gone(ask, loaded.head)
  return events
}

/** The tasks of events, each once, as they are now. */
export const tasksOf = async (
  workspaceId: string,
  events: readonly NumberedEvent[],
  tasks: Pick<Tasks, 'task'>,
): Promise<ReadonlyMap<string, Task | undefined>> => {
  const ids = new Set(events.flatMap((event) => (isAuditEvent(event) ? [] : event.taskId)))
  return new Map(
    await Promise.all([...ids].map(async (id) => [id, await tasks.task(workspaceId, id)] as const)),
  )
}

export const taskOf = (
  event: NumberedEvent,
  tasks: ReadonlyMap<string, Task | undefined>,
): Task | undefined => (isAuditEvent(event) ? undefined : tasks.get(event.taskId))

/** What has happened since a number, as the caller may see it now. */
export const listChanges: UseCase<ChangesAsk, ChangesWorld, Loaded, Changes> = {
  load: async ({ params: { workspaceId }, query: { since, limit } }, { log }) => {
    const [head, events] = await Promise.all([
      log.lastNumber(workspaceId),
      since === undefined ? [] : log.stretch(workspaceId, since, limit),
    ])
    return { head, events }
  },
  run: async ({ ask, member }, loaded, world) => {
    const { head } = loaded
    const { since = head } = ask.query
    if (since > head) throw invalidField('?since', `must be at most ${head}, the last number so far`)
    const events = await present(ask, since, loaded, world)
    const upTo = events.at(-1)?.sequence ?? since
    const tasks = await tasksOf(ask.params.workspaceId, events, world.tasks)
    const shown = events.flatMap((event) => visible(member, event, taskOf(event, tasks)) ?? [])
    return { body: { since, upTo, events: shown, more: upTo < head } }
  },
}
