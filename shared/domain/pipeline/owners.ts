import type { LinkOwner } from '../ports.ts'
import { remindedOwners, type ScheduledTask } from '../reminders/scheduled.ts'
import type { Task } from '../tasks/task.ts'

/** Lists that show a task by a link: its own project's shows the task itself. */
export const listOwnersOf = (task: ScheduledTask & Pick<Task, 'parentId'>): LinkOwner[] => [
  ...task.assigneeIds.map((assigneeId) => ({ assigneeId })),
  ...task.assigneeGroupIds.map((groupId) => ({ groupId })),
  ...Object.keys(task.shares).map((sharedWith) => ({ sharedWith })),
  ...Object.keys(task.ranks)
    .filter((projectId) => projectId !== task.projectId)
    .map((projectId) => ({ projectId })),
  ...(task.parentId === null ? [] : [{ parentId: task.parentId }]),
  ...remindedOwners(task),
]
