import type { GroupName } from '../../api/schemas/groups.ts'
import type { Stores } from '../ports.ts'
import { found } from '../tasks/change.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { load, type TaskAsk } from '../tasks/taskCase.ts'
import type { UseCase } from '../useCase.ts'

/** Names of the groups that a task is assigned to, for whoever sees the task. Those that are gone are left out. */
export const listTaskGroups: UseCase<TaskAsk, Stores, Task | undefined, { items: GroupName[] }> = {
  load,
  about: (task) => aboutTask(found(task)),
  run: async (_call, task, { workspaces }) => {
    const { workspaceId, assigneeGroupIds } = found(task)
    const groups = await Promise.all(assigneeGroupIds.map((id) => workspaces.group(workspaceId, id)))
    return { body: { items: groups.flatMap((group) => (group ? [{ id: group.id, name: group.name }] : [])) } }
  },
}
