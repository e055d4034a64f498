import { groupsBetween } from '../access/target.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Task } from './task.ts'

type Assigned = Pick<Task, 'assigneeIds' | 'assigneeGroupIds'>

/** The groups of somebody to which a task is assigned. */
export const assignedGroupsOf = (member: Member, { assigneeGroupIds }: Assigned): string[] =>
  groupsBetween(member, { groupIds: assigneeGroupIds })

/** Whether a task is somebody's, by name or through a group they are in now. */
export const isAssignee = (member: Member, task: Assigned): boolean =>
  task.assigneeIds.includes(member.userId) || assignedGroupsOf(member, task).length > 0
