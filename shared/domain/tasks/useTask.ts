import type { Scope, TaskPatch, TaskReply } from '../../api/schemas/task.ts'
import { readable } from '../access/named.ts'
import { may, mayAlways } from '../access/target.ts'
import { requireVersion } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import type { Stores } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { act } from './act.ts'
import { change, existing, found, merge } from './change.ts'
import { checkCustomFields, type Declared, fieldsIn } from './customFields.ts'
import { trash } from './edit.ts'
import { checkPeople, type Everybody, isAssigning, peopleIn } from './people.ts'
import { aboutTask, type Task } from './task.ts'
import { about, answer, editorOf, load, type TaskAsk, type TaskParams } from './taskCase.ts'

export const getTask: UseCase<TaskAsk, Stores, Task | undefined, TaskReply> = {
  load,
  // One in the trash is still there to look at, and to restore.
  about: (task) => aboutTask(found(task)),
  run: async ({ member }, task) => answer(found(task), member),
}

interface EditLoaded {
  readonly task: Task | undefined
  readonly zone: string
  readonly members: Everybody
  readonly declared: Declared
}

type EditAsk = Ask<TaskParams, { scope?: Scope | undefined }, TaskPatch>

export const editTask: UseCase<EditAsk, Stores, EditLoaded, TaskReply> = {
  load: async (ask, { tasks, workspaces, projects }) => {
    const { workspaceId, taskId } = ask.params
    const [task, workspace, members, declared] = await Promise.all([
      tasks.task(workspaceId, taskId),
      workspaces.workspace(workspaceId),
      peopleIn(ask.body, workspaceId, workspaces),
      fieldsIn([ask.body], workspaceId, { projects, workspaces }),
    ])
    return { task, zone: workspace?.zone ?? 'UTC', members, declared }
  },
  about: ({ task }) => about(task),
  run: async (call, loaded, { tasks, records }) => {
    const { ask, member } = call
    const task = existing(loaded.task)
    if (isAssigning(ask.body) && !may(member, 'task.assign', aboutTask(task))) throw new Failure('forbidden')
    checkPeople(ask.body, loaded.members, member, task)
    checkCustomFields(ask.body, loaded.declared, task)
    const editor = { ...editorOf(call, loaded.zone), scope: ask.query.scope }
    const decide = merge(ask.body, ask.expected, editor, task, records)
    return answer(await change(task, decide, tasks), member)
  },
}

export const completeTask: UseCase<TaskAsk, Stores, Task | undefined, TaskReply> = {
  load,
  about,
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const task = existing(loaded)
    // Completing is about the status alone: zone and assignees play no part in it.
    const merged = merge({ status: 'done' }, ask.expected, editorOf(call), task, stores.records)
    return answer(await act(ask, task, merged, stores), member)
  },
}

export const deleteTask: UseCase<TaskAsk, Stores, Task | undefined, undefined> = {
  load,
  about,
  run: async (call, loaded, { tasks }) => {
    const decide = (task: Task) => {
      requireVersion(task, call.ask.expected)
      return trash(task, editorOf(call))
    }
    await change(existing(loaded), decide, tasks)
    return { body: undefined }
  },
}

type FindAsk = Ask<{ workspaceId: string; key: string }>

export const findTask: UseCase<FindAsk, Stores, string | undefined, { id: string; key: string }> = {
  load: ({ params }, { tasks }) => tasks.idOf(params.workspaceId, params.key),
  run: async ({ ask, member }, id, { tasks }) => {
    if (id === undefined) throw notFound()
    // Only where it depends on the task who may read it does that cost a second look.
    if (!mayAlways(member, 'task.read')) {
      const task = readable(await tasks.task(ask.params.workspaceId, id), member)
      if (task === undefined || task.purge !== null) throw notFound()
    }
    return { body: { id, key: ask.params.key } }
  },
}
