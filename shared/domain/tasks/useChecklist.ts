import type { ChecklistItemCreate, ChecklistItemPatch } from '../../api/schemas/checklist.ts'
import type { TaskReply } from '../../api/schemas/task.ts'
import { Failure, notFound } from '../failure.ts'
import { derivedSeed, makeId, randomPartOf, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import type { Ask, Call, Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { act } from './act.ts'
import { change, existing, mergeEdit } from './change.ts'
import { withItem } from './checklist.ts'
import { revise } from './edit.ts'
import { mostEntries } from './limits.ts'
import { fitting } from './size.ts'
import type { ChecklistItem, Task } from './task.ts'
import { about, answer, editorOf, load, type TaskAsk, type TaskParams } from './taskCase.ts'

const requireRoom = ({ checklist }: Task): void => {
  if (Object.keys(checklist).length >= mostEntries.checklist)
    throw new Failure(
      'conflict',
      `A checklist holds at most ${mostEntries.checklist} items: delete one first.`,
    )
}

/** A repeated request made its item at another time: the rest of the id is the same. */
const answerNew = (task: Task, id: string, member: Member): Outcome<TaskReply> => {
  const made = Object.keys(task.checklist).find((one) => randomPartOf(one) === randomPartOf(id)) ?? id
  const location = `/v1/workspaces/${task.workspaceId}/tasks/${task.id}/checklist/${made}`
  return { ...answer(task, member), location }
}

export const addChecklistItem: UseCase<TaskAsk<ChecklistItemCreate>, Stores, Task | undefined, TaskReply> = {
  load,
  about,
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const seed = ask.mark === null ? randomSeed() : derivedSeed(ask.userId, ask.mark.key)
    const id = makeId('checklistItem', Date.parse(ask.now), seed)
    const { text, done, after } = ask.body
    const add = (task: Task): Task => {
      requireRoom(task)
      const checklist = withItem(task.checklist, { id, text, done, after }, ask.now)
      return fitting(task, revise(task, { checklist }, editorOf(call)))
    }
    return answerNew(await act(ask, existing(loaded), add, stores), id, member)
  },
}

type ItemAsk<Body = unknown> = Ask<TaskParams & { readonly itemId: string }, unknown, Body>

const itemOf = ({ checklist }: Task, id: string): ChecklistItem => {
  const item = checklist[id]
  if (item === undefined) throw notFound()
  return item
}

/** Changes one item; under a stale If-Match refused only when somebody has changed this very item since. */
const changeItem = (
  { ask }: Call<ItemAsk>,
  loaded: Task | undefined,
  apply: (task: Task) => Task,
  { tasks, records }: Stores,
): Promise<Task> => {
  const task = existing(loaded)
  const paths = [`checklist/${ask.params.itemId}`]
  return change(task, mergeEdit({ apply, paths }, ask.expected, task, records), tasks)
}

export const editChecklistItem: UseCase<ItemAsk<ChecklistItemPatch>, Stores, Task | undefined, TaskReply> = {
  load,
  about,
  run: async (call, loaded, stores) => {
    const { itemId: id } = call.ask.params
    const { after, ...patch } = call.ask.body
    const apply = (task: Task): Task => {
      const { text, done, rank } = itemOf(task, id)
      const { text: nextText = text, done: nextDone = done } = patch
      const item = { text: nextText, done: nextDone }
      const checklist =
        after === undefined
          ? { ...task.checklist, [id]: { ...item, rank } }
          : withItem(task.checklist, { id, ...item, after }, call.ask.now)
      return fitting(task, revise(task, { checklist }, editorOf(call)))
    }
    return answer(await changeItem(call, loaded, apply, stores), call.member)
  },
}

export const deleteChecklistItem: UseCase<ItemAsk, Stores, Task | undefined, undefined> = {
  load,
  about,
  run: async (call, loaded, stores) => {
    const { itemId } = call.ask.params
    const remove = (task: Task): Task => {
      itemOf(task, itemId)
      const { [itemId]: _, ...checklist } = task.checklist
      return revise(task, { checklist }, editorOf(call))
    }
    await changeItem(call, loaded, remove, stores)
    return { body: undefined }
  },
}
