import type { TimeEntryCreate, TimeEntryPatch, TimeEntryReply } from '../../api/schemas/timeEntry.ts'
import { may } from '../access/target.ts'
import { Failure, invalidField, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { change, existing, mergeEdit } from './change.ts'
import { revise } from './edit.ts'
import { versionMadeBy, withMark } from './idempotency.ts'
import { fitting } from './size.ts'
import { aboutTask, type Task, type TimeEntry } from './task.ts'
import { about, editorOf, load, type TaskAsk, type TaskParams } from './taskCase.ts'
import { aboutTime, answerEntry, answerNew } from './timeCase.ts'
import { withEntry } from './timeEntries.ts'

/** Clocks of clients may go this much ahead. */
const toleranceMs = 5 * 60_000

/** An instant as everything else is stored: always with milliseconds. */
const past = (instant: string, now: string): string => {
  if (Date.parse(instant) > Date.parse(now) + toleranceMs)
    throw invalidField('/startedAt', 'must not lie in the future')
  return new Date(instant).toISOString()
}

const requireAllowed = (userId: string, task: Task, { ask, member }: Call): void => {
  if (userId !== ask.userId && !may(member, 'task.timeOfOthers', aboutTask(task)))
    throw new Failure('forbidden')
}

/** What a body asks for: of the caller, and just ended, unless it says otherwise. */
const entryFrom = ({ ask }: Call<TaskAsk<TimeEntryCreate>>): TimeEntry => {
  const { minutes, note, startedAt, userId = ask.userId } = ask.body
  const start = startedAt ?? new Date(Date.parse(ask.now) - minutes * 60_000).toISOString()
  return { userId, startedAt: past(start, ask.now), minutes, note }
}

interface AddLoaded {
  readonly task: Task | undefined
  readonly person: Member | undefined
}

export const addTimeEntry: UseCase<TaskAsk<TimeEntryCreate>, Stores, AddLoaded, TimeEntryReply> = {
  load: async (ask, stores) => {
    const { userId = ask.userId } = ask.body
    const [task, person] = await Promise.all([
      load(ask, stores),
      stores.workspaces.member(ask.params.workspaceId, userId),
    ])
    return { task, person }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, { tasks, records }) => {
    const { mark, now } = call.ask
    const task = existing(loaded.task)
    const entry = entryFrom(call)
    requireAllowed(entry.userId, task, call)
    if (loaded.person === undefined) throw invalidField('/userId', 'must be a member of this workspace')
    const id = makeId('timeEntry', Date.parse(now), randomSeed())
    const add = (present: Task): Task => {
      if (versionMadeBy(present, mark) !== undefined) return present
      const timeEntries = withEntry(present.timeEntries, id, entry)
      return withMark(fitting(present, revise(present, { timeEntries }, editorOf(call))), mark)
    }
    const done = await change(task, add, tasks)
    const version = versionMadeBy(done, mark) ?? done.version
    return answerNew(await answerEntry(done, version, records), call.ask.params)
  },
}

type EntryAsk<Body = unknown> = Ask<TaskParams & { readonly timeEntryId: string }, unknown, Body>

/** Changes one entry; under a stale If-Match refused only when somebody has changed this very entry since. */
const changeEntry = (
  call: Call<EntryAsk>,
  loaded: Task | undefined,
  after: (entry: TimeEntry) => TimeEntry | undefined,
  { tasks, records }: Stores,
): Promise<Task> => {
  const { params, expected } = call.ask
  const { timeEntryId: id } = params
  const apply = (task: Task): Task => {
    const { [id]: entry, ...others } = task.timeEntries
    if (entry === undefined) throw notFound()
    requireAllowed(entry.userId, task, call)
    const next = after(entry)
    const timeEntries = next === undefined ? others : { ...task.timeEntries, [id]: next }
    return fitting(task, revise(task, { timeEntries }, editorOf(call)))
  }
  const task = existing(loaded)
  const paths = [`timeEntries/${id}`]
  return change(task, mergeEdit({ apply, paths }, expected, task, records), tasks)
}

export const editTimeEntry: UseCase<EntryAsk<TimeEntryPatch>, Stores, Task | undefined, TimeEntryReply> = {
  load,
  about: aboutTime,
  run: async (call, loaded, stores) => {
    const { body, now, params } = call.ask
    const edited = (entry: TimeEntry): TimeEntry => {
      const { minutes = entry.minutes, note = entry.note, startedAt } = body
      const start = startedAt === undefined ? entry.startedAt : past(startedAt, now)
      return { ...entry, minutes, note, startedAt: start }
    }
    const done = await changeEntry(call, loaded, edited, stores)
    const { timeEntryId: id, taskId } = params
    return { body: { ...(done.timeEntries[id] as TimeEntry), id, taskId }, version: done.version }
  },
}

export const deleteTimeEntry: UseCase<EntryAsk, Stores, Task | undefined, undefined> = {
  load,
  about: aboutTime,
  run: async (call, loaded, stores) => {
    await changeEntry(call, loaded, () => undefined, stores)
    return { body: undefined }
  },
}
