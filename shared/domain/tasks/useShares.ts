import type { ShareSet } from '../../api/schemas/access.ts'
import type { TaskReply } from '../../api/schemas/task.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { change, existing } from './change.ts'
import { revise } from './edit.ts'
import { fitting } from './size.ts'
import type { Task } from './task.ts'
import { about, answer, editorOf, load, type TaskParams } from './taskCase.ts'

/** As many people as one task may be shared with. */
const most = 20

type ShareAsk<Body = unknown> = Ask<TaskParams & { readonly userId: string }, unknown, Body>
interface Loaded {
  readonly task: Task | undefined
  readonly person: Member | undefined
}

/** Lets one member do more with one task than the role says. */
export const shareTask: UseCase<ShareAsk<ShareSet>, Stores, Loaded, TaskReply> = {
  load: async (ask, stores) => {
    const [task, person] = await Promise.all([
      load(ask, stores),
      stores.workspaces.member(ask.params.workspaceId, ask.params.userId),
    ])
    return { task, person }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, { tasks }) => {
    const { params, body } = call.ask
    const task = existing(loaded.task)
    if (loaded.person === undefined) throw notFound()
    const share = (now: Task): Task => {
      const shares = { ...now.shares, [params.userId]: body.level }
      if (Object.keys(shares).length > most)
        throw new Failure(
          'conflict',
          `A task is shared with at most ${most} people: stop sharing it with one first.`,
        )
      return fitting(now, revise(now, { shares }, editorOf(call)))
    }
    return answer(await change(task, share, tasks), call.member)
  },
}

export const unshareTask: UseCase<ShareAsk, Stores, Task | undefined, undefined> = {
  load,
  about,
  run: async (call, loaded, { tasks }) => {
    const unshare = (now: Task): Task => {
      const { [call.ask.params.userId]: _, ...shares } = now.shares
      return revise(now, { shares }, editorOf(call))
    }
    await change(existing(loaded), unshare, tasks)
    return { body: undefined }
  },
}
