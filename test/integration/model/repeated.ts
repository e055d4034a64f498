import type { Model, ModelTask } from './model.ts'
import { childrenOf } from './model.ts'
import type { Session } from './session.ts'

/** Whether something stands below a task, or did when the stream was last followed. */
export const hasBelow = (model: Model, { id }: ModelTask): boolean =>
  childrenOf(model, id).length > 0 || [...model.listedParents.values()].includes(id)

/** Name of a subtask's copy under the next occurrence. */
export const copyName = (nextId: string, originalId: string): string => `${nextId} ${originalId}`

/** Finds the ids of subtasks that came again with tasks that were completed since the stream was last followed. */
export const findRepeated = async (model: Model, { app, workspaceId }: Session): Promise<void> => {
  const { tasks, records } = app.stores
  const findBelow = async (nextId: string, parentId: string): Promise<void> => {
    const { items } = await tasks.children(workspaceId, parentId, 100)
    for (const id of items) {
      const birth = await records.event(workspaceId, id, 1)
      if (birth?.cause?.kind !== 'recurrence' || model.tasks.has(id)) continue
      model.repeated.set(copyName(nextId, birth.cause.taskId), id)
      await findBelow(nextId, id)
    }
  }
  for (const { after } of model.series) {
    if (after.successorId !== null) await findBelow(after.successorId, after.successorId)
  }
}
