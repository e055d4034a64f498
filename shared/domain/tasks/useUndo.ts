import type { TaskReply } from '../../api/schemas/task.ts'
import { Failure, invalidField } from '../failure.ts'
import type { Event, Stores } from '../ports.ts'
import type { UseCase } from '../useCase.ts'
import { act } from './act.ts'
import { found } from './change.ts'
import { asOf, versionMadeBy } from './idempotency.ts'
import { aboutTask, type Task } from './task.ts'
import { answer, editorOf, type TaskAsk } from './taskCase.ts'
import { undo } from './undo.ts'
import { withLater } from './undoOverlaps.ts'
import { placing, undoPlacing } from './undoPlace.ts'
import { checkReturning, requireRights } from './undoRights.ts'

type UndoAsk = TaskAsk<{ version: number }>
interface Loaded {
  readonly task: Task | undefined
  readonly event: Event | undefined
}

const eventOf = ({ event }: Loaded, task: Task, version: number): Event => {
  if (version > task.version) throw invalidField('/version', 'must be a version that the task has had')
  if (event === undefined) throw new Failure('in-progress', 'The history has not come that far yet.')
  return event
}

/** Takes back one change of a task. */
export const undoChange: UseCase<UndoAsk, Stores, Loaded, TaskReply> = {
  load: async ({ params: { workspaceId, taskId }, body }, { tasks, records }) => {
    const [task, event] = await Promise.all([
      tasks.task(workspaceId, taskId),
      records.event(workspaceId, taskId, body.version),
    ])
    return { task, event }
  },
  about: ({ task }) => aboutTask(found(task)),
  run: async (call, loaded, stores) => {
    const { ask, member } = call
    const task = found(loaded.task)
    const event = eventOf(loaded, task, ask.body.version)
    requireRights(call, task, event)
    const editor = editorOf(call)
    const madeBefore = versionMadeBy(task, ask.mark)
    if (madeBefore !== undefined) return answer(await asOf(task, madeBefore, stores.records), member)
    const undoable = await withLater(task, event, stores.records)
    const place = placing(event)
    if (place !== undefined) {
      return answer(
        await undoPlacing(task, place, { event: undoable, editor, member, mark: ask.mark }, stores),
        member,
      )
    }
    await checkReturning(task, event, stores.workspaces)
    const decide = (present: Task) => undo(present, undoable, editor, stores)
    return answer(await act(ask, task, decide, stores, found), member)
  },
}
