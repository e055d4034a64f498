import type { Task } from '../tasks/task.ts'
import { nobody, type Told } from './groupNotices.ts'

/** Whom another status tells: whoever made the task, has it, or watches it; not the one who changed it. */
export const statusNotices = (before: Task, after: Task): Told => {
  if (before.status === after.status) return nobody
  const { workspaceId, id: taskId, updatedBy: by, updatedAt: at, version } = after
  const change = { from: before.status, to: after.status }
  const notice = { kind: 'status' as const, workspaceId, taskId, by, version, at, ...change }
  const all = new Set([after.createdBy, ...after.assigneeIds, ...after.watcherIds])
  const people = [...all].filter((id) => id !== by)
  return {
    notices: people.map((userId) => ({ ...notice, userId })),
    groupNotices: after.assigneeGroupIds.map((groupId) => ({
      groupId,
      notice,
      except: { userIds: people, groupIds: [] },
    })),
  }
}
