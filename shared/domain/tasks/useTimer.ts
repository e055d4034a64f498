import type { TimeEntryReply } from '../../api/schemas/timeEntry.ts'
import { Failure } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, Outcome, UseCase } from '../useCase.ts'
import { existing } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { versionMadeBy, withMark } from './idempotency.ts'
import { fitting } from './size.ts'
import type { Task } from './task.ts'
import { about, editorOf, load, type TaskAsk } from './taskCase.ts'
import { aboutTime, answerEntry, answerNew } from './timeCase.ts'
import { ended, runs, withEntry } from './timeEntries.ts'
import type { Timer, Timers } from './timer.ts'

type World = Pick<Stores, 'tasks' | 'records'> & { readonly timers: Timers }

interface Seen {
  readonly task: Task | undefined
  readonly running: Timer | undefined
}
type TimerCase<Body> = UseCase<TaskAsk<Body>, World, Seen, TimeEntryReply>

const attempts = 100

const look = async (ask: TaskAsk, { tasks, timers }: World): Promise<Seen> => {
  const [task, running] = await Promise.all([
    load(ask, { tasks }),
    timers.running(ask.params.workspaceId, ask.userId),
  ])
  return { task, running }
}

/** Writes what `write` makes of task and slot, again from their present state whenever another write came first. */
const settle = async (
  { ask }: Call<TaskAsk>,
  loaded: Seen,
  write: (task: Task, running: Timer | undefined) => Promise<Task | undefined>,
  world: World,
): Promise<Outcome<TimeEntryReply>> => {
  let seen = loaded
  for (let attempt = 0; attempt < attempts; attempt++) {
    const task = existing(seen.task)
    const ranBefore = versionMadeBy(task, ask.mark)
    if (ranBefore !== undefined) return answerEntry(task, ranBefore, world.records)
    const written = await write(task, seen.running)
    if (written !== undefined) return answerEntry(written, written.version, world.records)
    seen = await look(ask, world)
  }
  throw new Failure('unavailable', 'Too many others are changing this task at the same time.')
}

/** The slot may name an entry that has ended without it: by an edit, or because its task was deleted. */
const refuseSecond = async (running: Timer | undefined, task: Task, { tasks }: World): Promise<void> => {
  if (running === undefined) return
  const { workspaceId, taskId, timeEntryId } = running
  const other = taskId === task.id ? task : await tasks.task(workspaceId, taskId)
  const entry = other?.timeEntries[timeEntryId]
  if (entry === undefined || !runs(entry)) return
  throw new Failure('conflict', 'Another timer of yours runs in this workspace: stop it first.', {
    extra: { taskId, timeEntryId },
  })
}

/** Starts the caller's timer: an invariant over two items, the task and the slot of the person. */
export const startTimer: TimerCase<{ note: string }> = {
  load: look,
  about: ({ task }) => about(task),
  run: async (call, loaded, world) => {
    const { userId, now, body, mark } = call.ask
    const id = makeId('timeEntry', Date.parse(now), randomSeed())
    const entry = { userId, startedAt: now, minutes: null, note: body.note }
    const start = async (task: Task, running: Timer | undefined): Promise<Task | undefined> => {
      await refuseSecond(running, task, world)
      const timeEntries = withEntry(task.timeEntries, id, entry)
      const next = withMark(fitting(task, revise(task, { timeEntries }, editorOf(call))), mark)
      const timer = { workspaceId: task.workspaceId, userId, taskId: task.id, timeEntryId: id }
      return (await world.timers.start(next, timer, running)) ? next : undefined
    }
    return answerNew(await settle(call, loaded, start, world), call.ask.params)
  },
}

const stopped = (task: Task, id: string, editor: Editor): Task => {
  const entry = task.timeEntries[id]
  if (entry === undefined) return task
  return revise(task, { timeEntries: { ...task.timeEntries, [id]: ended(entry, editor.now) } }, editor)
}

/** Stops the caller's timer on this task; also for somebody who may not do anything else with it any more. */
export const stopTimer: TimerCase<unknown> = {
  load: look,
  about: ({ task }) => aboutTime(task),
  run: async (call, loaded, world) => {
    const { userId, mark } = call.ask
    const stop = async (task: Task, running: Timer | undefined): Promise<Task | undefined> => {
      const mine = Object.entries(task.timeEntries).find(([, one]) => one.userId === userId && runs(one))
      if (mine === undefined) throw new Failure('conflict', 'None of your timers runs on this task.')
      const next = withMark(stopped(task, mine[0], editorOf(call)), mark)
      const isSlot = running?.timeEntryId === mine[0]
      const won = isSlot ? await world.timers.stop(next, running) : (await world.tasks.replace(next)).won
      return won ? next : undefined
    }
    return settle(call, loaded, stop, world)
  },
}

interface TimerReply {
  timer: { taskId: string; timeEntryId: string } | null
}
type TimerAsk = Ask<{ workspaceId: string }>

/** Which of the caller's timers runs. */
export const getTimer: UseCase<TimerAsk, World, { userId: string; timer: Timer | undefined }, TimerReply> = {
  load: async ({ params, userId }, { timers }) => ({
    userId,
    timer: await timers.running(params.workspaceId, userId),
  }),
  about: ({ userId }) => ({ owners: [userId] }),
  run: async (_call, { timer }) => ({
    body: { timer: timer === undefined ? null : { taskId: timer.taskId, timeEntryId: timer.timeEntryId } },
  }),
}
