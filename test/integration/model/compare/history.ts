import { expect } from 'vitest'
import type { HistoryEntry } from '../../../../shared/api/schemas/record.ts'
import { eventKey, sequenceKey } from '../../../../shared/data/keys.ts'
import { maxRankLength } from '../../../../shared/domain/order/rank.ts'
import type { Event } from '../../../../shared/domain/ports.ts'
import { all, type Happening, type Model, type ModelTask } from '../model.ts'
import type { Session } from '../session.ts'
import { pathsBetween } from '../state.ts'

/** Fields of the history by their names in the model; the others follow from these. */
const names: Readonly<Record<string, string>> = {
  ranks: 'places',
  timeEntries: 'time',
  archivedAt: 'archived',
  trashedAt: 'trashed',
  completedAt: 'completed',
}
const following: readonly string[] = ['archivedWith', 'trashedWith', 'ancestorIds', 'series']

const pathOf = (field: string): string => {
  const [name = '', ...rest] = field.split('/')
  return [names[name] ?? name, ...rest].join('/')
}

const pathsIn = ({ changes }: Pick<HistoryEntry, 'changes'>): string[] =>
  changes
    .filter(({ field }) => !following.includes(field))
    .map(({ field }) => pathOf(field))
    .sort()

const isCascade = ({ cause }: Event): boolean => cause?.kind === 'cascade'

/** What the history must tell of a change: by whom, why, and of which fields. */
const told = ({ version, type, by, cause, before, after }: Happening) => ({
  version,
  type,
  by,
  cause,
  paths: before === undefined ? [] : pathsBetween(before, after).sort(),
})

const compareTask = (task: ModelTask, events: readonly Event[]): void => {
  const what = `history of ${task.state.title}`
  const ends = task.purged ? 1 : 0
  expect(
    events.map(({ taskVersion }) => taskVersion),
    what,
  ).toEqual(events.map((_, n) => n + 1))
  expect(events.filter(({ type }) => type === 'task.purged').length, what).toBe(ends)
  if (ends === 1) expect(events.at(-1)?.type, what).toBe('task.purged')
  else expect(events.length, what).toBe(task.version)
  const made = events.filter((event) => !isCascade(event) && event.type !== 'task.purged')
  expect(
    made.map((event) => ({
      version: event.taskVersion,
      type: event.type,
      by: event.by,
      cause: event.cause?.kind ?? null,
      paths: event.type === 'task.created' ? [] : pathsIn(event),
    })),
    what,
  ).toEqual(task.happenings.map(told))
  const inherited = ['archived', 'trashed', 'links', 'parentId']
  for (const path of events.filter(isCascade).flatMap(pathsIn)) {
    expect(inherited, `${what}: what follows from other tasks`).toContain(path.split('/')[0])
  }
}

const valueAt = (task: object, field: string): unknown => {
  const [name = '', id] = field.split('/')
  const value = (task as Record<string, unknown>)[name]
  return (id === undefined ? value : (value as Record<string, unknown>)[id]) ?? null
}

/** Places in which somebody stood with a long rank, by projects: there ranks are shortened, which no history tells. */
const crowdedIn = (events: readonly Event[]): Set<string> => {
  const isLong = (rank: unknown) => typeof rank === 'string' && rank.length > maxRankLength
  const changes = events.flatMap((event) => event.changes)
  return new Set(changes.flatMap(({ field, to }) => (isLong(to) ? ['ranks', field] : [])))
}

/** Each change begins with what the one before it left, and the last one left what stands there now. */
const compareChain = (
  events: readonly Event[],
  present: object | undefined,
  { what, isLoose }: { what: string; isLoose: (field: string) => boolean },
): void => {
  const seen = (field: string, value: unknown) => (isLoose(field) && value !== null ? 'somewhere' : value)
  const last = new Map<string, unknown>()
  for (const { changes, type, taskVersion } of events) {
    for (const { field, from, to } of changes) {
      if (type !== 'task.created' && last.has(field)) {
        expect(seen(field, from), `${what}: ${field} before version ${taskVersion}`).toEqual(
          seen(field, last.get(field)),
        )
      }
      last.set(field, to)
    }
  }
  if (present === undefined) return
  for (const [field, value] of last) {
    const isWhole = events[0]?.changes.some((change) => change.field === field) === true
    // A creation tells of a map as a whole, what follows entry by entry.
    if (isWhole && [...last.keys()].some((other) => other.startsWith(`${field}/`))) continue
    expect(seen(field, valueAt(present, field)), `${what}: ${field} now`).toEqual(seen(field, value))
  }
}

/** Histories tell each change once, and all events have one gapless sequence of the workspace. */
export const compareHistory = async (model: Model, real: Session): Promise<void> => {
  const { stores, table } = real.app
  const tasks = all(model)
  const histories = await Promise.all(
    tasks.map(({ id }) => stores.records.changesFrom(real.workspaceId, id, 1)),
  )
  const [present, counter] = await Promise.all([
    Promise.all(tasks.map(({ id }) => stores.tasks.task(real.workspaceId, id))),
    table.get(sequenceKey(real.workspaceId)),
  ])
  const crowded = crowdedIn(histories.flat())
  const isLoose = (field: string) => crowded.has(field)
  for (const [n, task] of tasks.entries()) {
    const events = histories[n] ?? []
    compareTask(task, events)
    compareChain(events, present[n], { what: task.state.title, isLoose })
  }
  const numbers = histories.flat().map(({ sequence }) => sequence)
  const last = Number(counter?.sequence ?? 0)
  const log = await table.query({ pk: eventKey(real.workspaceId, 1).PK, prefix: 'EVT#', limit: last + 1 })
  expect(
    log.items.map(({ sequence }) => sequence),
    'sequence of the workspace',
  ).toEqual(Array.from({ length: last }, (_, n) => n + 1))
  const ofTasks = log.items.filter(({ itemType }) => itemType === 'event')
  expect(ofTasks.map(({ sequence }) => sequence)).toEqual(numbers.sort((a, b) => a - b))
}
