import { createTask, editTask } from '../../shared/api/routes/tasks.ts'
import type { TaskReply } from '../../shared/api/schemas/task.ts'
import { type Api, isRefusal } from './api.ts'
import type { PlannedTask } from './plan.ts'

export interface Place {
  readonly api: Api
  readonly workspaceId: string
  readonly projectId: string
}

/**
 * Makes the task of a card. The key is the card's, so that repeating it answers what was made the first time;
 * `undefined` when the card has changed in Trello since then.
 */
export async function makeTask(
  { api, workspaceId, projectId }: Place,
  { cardId, fields }: PlannedTask,
  assigneeIds: string[],
): Promise<TaskReply | undefined> {
  try {
    return await api.call(createTask, {
      params: { workspaceId, projectId },
      body: { ...fields, assigneeIds },
      headers: { 'idempotency-key': `trello:card:${cardId}` },
    })
  } catch (error) {
    if (isRefusal(error, 'idempotency-mismatch')) return undefined
    throw error
  }
}

export interface Schedule {
  readonly dueInMinutes: number
  readonly remindInMinutes: number
  readonly zone: string
}

/** Wall time in a zone, to the second. */
const wallTime = (instant: number, zone: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    .format(instant)
    .replace(' ', 'T')

const minute = 60_000

/**
 * Due date and reminder of a task that was just made. They are no part of making it, since they count from now, and
 * a repetition must ask for the same. Guarded by the first version: `false` when the task has a date by now, from an
 * earlier import or from somebody, or is gone.
 */
export async function schedule(
  { api, workspaceId }: Place,
  task: TaskReply,
  plan: Schedule,
): Promise<boolean> {
  const minutesBefore = Math.max(0, Math.round(plan.dueInMinutes - plan.remindInMinutes))
  const now = Math.floor(Date.now() / 1000) * 1000
  const due = now + plan.remindInMinutes * minute + minutesBefore * minute
  try {
    await api.call(editTask, {
      params: { workspaceId, taskId: task.id },
      body: {
        due: { dateTime: wallTime(due, plan.zone), zone: plan.zone },
        reminders: [{ relativeTo: 'due', minutesBefore }],
      },
      headers: { 'if-match': '"1"' },
    })
    return true
  } catch (error) {
    if (isRefusal(error, 'precondition-failed', 'not-found')) return false
    throw error
  }
}
