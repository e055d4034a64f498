import { mayAlways } from '../access/target.ts'
import type { NumberedEvent } from '../audit/event.ts'
import type { Task } from '../tasks/task.ts'
import type { Member } from '../workspaces/workspace.ts'
import type { Webhook } from './webhook.ts'

/** Whether a pattern (`*`, `task.*`, `task.created`) means a type. */
const means = (pattern: string, type: string): boolean =>
  pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))

/** Kinds of events that everybody hears of who sees the task. */
const ofTasks = ['task', 'comment']

/** Whether a pattern means nothing but what stands in the audit log. */
export const isOfAudit = (pattern: string): boolean =>
  pattern !== '*' && !ofTasks.includes(pattern.split('.')[0] ?? '')

/** Whether a webhook wants an event, as far as the event itself tells: of which projects the task is, is read later. */
export const wants = ({ events, projectIds }: Webhook, event: NumberedEvent): boolean =>
  events.some((pattern) => means(pattern, event.type)) && (projectIds.length === 0 || 'taskId' in event)

/** Only owners hear what stands in the audit log. */
export const mayHear = (member: Member, isAudit: boolean): boolean =>
  !isAudit || mayAlways(member, 'audit.read')

/** The project of its own that a task has left, or a further one. */
const movedFrom = (event: NumberedEvent): unknown[] =>
  event.changes.flatMap(({ field, from, to }) => {
    if (field === 'projectId') return [from]
    return field.startsWith('ranks/') && to === null ? [field.slice('ranks/'.length)] : []
  })

/** Whether a webhook is for a task as it is now. */
export const isInProjects = ({ projectIds }: Webhook, { projectId, ranks }: Task): boolean =>
  projectIds.length === 0 || [projectId, ...Object.keys(ranks)].some((id) => projectIds.includes(id))

/**
 * Whether an event is of one of the projects a webhook is for: of those the task is in now, or was in until this event.
 * Of a task that is gone for good nobody knows any more.
 */
export const isOfProjects = (webhook: Webhook, event: NumberedEvent, task: Task | undefined): boolean =>
  webhook.projectIds.length === 0 ||
  (task !== undefined && isInProjects(webhook, task)) ||
  movedFrom(event).some((id) => webhook.projectIds.includes(String(id)))
