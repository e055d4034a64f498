import { mostWatchers, type TaskReply } from '../../api/schemas/task.ts'
import { may } from '../access/target.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { change, existing } from './change.ts'
import { revise } from './edit.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, load, type TaskParams } from './taskCase.ts'

type WatchAsk = Ask<TaskParams & { readonly userId: string }>

const watcherOf = ({ params, userId }: WatchAsk): string => (params.userId === '@me' ? userId : params.userId)

/** Whoever may read a task may watch it; to have others watch it is an edit. */
const requireAllowed = ({ ask, member }: Call<WatchAsk>, task: Task): void => {
  if (watcherOf(ask) !== ask.userId && !may(member, 'task.edit', aboutTask(task)))
    throw new Failure('forbidden')
}

const without = ({ watcherIds }: Task, userId: string): string[] => watcherIds.filter((id) => id !== userId)

interface WatchLoaded {
  readonly task: Task | undefined
  readonly watcher: Member | undefined
}

export const addWatcher: UseCase<WatchAsk, Stores, WatchLoaded, TaskReply> = {
  load: async (ask, stores) => {
    const [task, watcher] = await Promise.all([
      load(ask, stores),
      stores.workspaces.member(ask.params.workspaceId, watcherOf(ask)),
    ])
    return { task, watcher }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, { tasks }) => {
    const task = existing(loaded.task)
    requireAllowed(call, task)
    if (loaded.watcher === undefined) throw notFound()
    const userId = watcherOf(call.ask)
    const add = (now: Task): Task => {
      if (now.watcherIds.includes(userId)) return now
      if (now.watcherIds.length >= mostWatchers)
        throw new Failure('conflict', `At most ${mostWatchers} people watch a task: take one out first.`)
      return revise(now, { watcherIds: [...now.watcherIds, userId] }, editorOf(call))
    }
    return answer(await change(task, add, tasks), call.member)
  },
}

export const removeWatcher: UseCase<WatchAsk, Stores, Task | undefined, undefined> = {
  load,
  about,
  run: async (call, loaded, { tasks }) => {
    const task = existing(loaded)
    requireAllowed(call, task)
    const userId = watcherOf(call.ask)
    await change(task, (now) => revise(now, { watcherIds: without(now, userId) }, editorOf(call)), tasks)
    return { body: undefined }
  },
}
