import type { TaskReply } from '../../api/schemas/task.ts'
import type { Target } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { Stores, Tasks } from '../ports.ts'
import type { UseCase } from '../useCase.ts'
import { act } from './act.ts'
import { change, existing, found } from './change.ts'
import { type Editor, revise } from './edit.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, load, type TaskAsk } from './taskCase.ts'

const ofAnyState = (task: Task | undefined): Target => aboutTask(found(task))

type Where = 'trash' | 'archive'
const sinceIn = { trash: 'trashedAt', archive: 'archivedAt' } as const
const withIn = { trash: 'trashedWith', archive: 'archivedWith' } as const

/**
 * What went along with another task comes back along with it, and nothing comes back to below one that is still
 * there. When the task above has gone for good, this one stands at the top.
 * @throws Failure `conflict` that names the task to bring back
 */
const placeOfReturn = async (task: Task, where: Where, tasks: Tasks): Promise<Partial<Task>> => {
  const { workspaceId, parentId } = task
  const ids = [...new Set([task[withIn[where]], parentId])].filter((id) => id !== null && id !== task.id)
  const read = await Promise.all(ids.map((id) => tasks.task(workspaceId, id as string)))
  const there = read.filter((one) => one !== undefined && one.purge === null)
  const holder = there.find((one) => one?.[sinceIn[where]] != null)
  if (holder !== undefined) {
    const detail = `The task lies in the ${where} with ${holder.key}, which is above it: bring that one back.`
    throw new Failure('conflict', detail, { extra: { taskId: holder.id } })
  }
  const isOrphan = parentId !== null && !there.some((one) => one?.id === parentId)
  return isOrphan ? { parentId: null, ancestorIds: [] } : {}
}

/** Out of the trash. What is not in it stays as it is. */
export const restored = async (
  task: Task,
  editor: Editor,
  { tasks }: Pick<Stores, 'tasks'>,
): Promise<Task> => {
  if (task.trashedAt === null) return task
  const place = await placeOfReturn(task, 'trash', tasks)
  return revise(task, { ...place, trashedAt: null, trashedWith: null }, editor)
}

/** Into the archive: out of the ordinary lists and of the statistics, its reminders silent. */
export const archived = (task: Task, editor: Editor): Task =>
  task.archivedAt === null ? revise(task, { archivedAt: editor.now, archivedWith: task.id }, editor) : task

/** Back from the archive. What is not in it stays as it is. */
export const unarchived = async (
  task: Task,
  editor: Editor,
  { tasks }: Pick<Stores, 'tasks'>,
): Promise<Task> => {
  if (task.archivedAt === null) return task
  const place = await placeOfReturn(task, 'archive', tasks)
  return revise(task, { ...place, archivedAt: null, archivedWith: null }, editor)
}

type Step = (task: Task, editor: Editor, stores: Stores) => Task | Promise<Task>

/** A route that takes a task from one state of its life to another. */
const step = (
  to: Step,
  from: { about: typeof about; guard: (task: Task | undefined) => Task },
): UseCase<TaskAsk, Stores, Task | undefined, TaskReply> => ({
  load,
  about: from.about,
  run: async (call, loaded, stores) => {
    const decide = (task: Task) => {
      requireVersion(task, call.ask.expected)
      return to(task, editorOf(call), stores)
    }
    return answer(await act(call.ask, from.guard(loaded), decide, stores, from.guard), call.member)
  },
})

const alive = { about, guard: existing }
const whatever = { about: ofAnyState, guard: found }

export const archiveTask = step(archived, alive)
export const unarchiveTask = step(unarchived, alive)
export const restoreTask = step(restored, whatever)

/** Drops a task that lies in the trash, for good and at once. What lies there with it goes along by the stream. */
export const purgeTask: UseCase<TaskAsk, Stores, Task | undefined, undefined> = {
  load,
  about: ofAnyState,
  run: async ({ ask }, loaded, { tasks }) => {
    const decide = (task: Task): Task => {
      requireVersion(task, ask.expected)
      if (task.trashedAt === null) {
        throw new Failure('conflict', 'Only a task in the trash can be purged. Delete it first.')
      }
      return {
        ...task,
        purge: { by: ask.userId, at: ask.now, through: ask.through },
        revision: task.revision + 1,
      }
    }
    await change(found(loaded), decide, tasks, found)
    return { body: undefined }
  },
}
