/** What people fill in of a task, beyond what the ordinary bodies have. */
const task = [
  'assigneeGroupIds',
  'customFields',
  'estimateMinutes',
  'metadata',
  'recurrence',
  'start',
  'watcherIds',
] as const
const patch = [...task, 'reminders', 'tags', 'title', 'description', 'priority'] as const
const ofTemplate = [
  'tasks/0/reminders',
  'tasks/0/customFields',
  'tasks/0/tags',
  'tasks/0/start',
  'tasks/0/assigneeGroupIds',
  'tasks/0/description',
  'tasks/0/priority',
  'tasks/0/estimateMinutes',
  'tasks/0/recurrence',
  'tasks/0/due/zone',
] as const

/**
 * Members that stored items have and that people may fill in all the same, beyond those of the ordinary bodies; by
 * route, with their places. Everything else that is stored is the server's.
 */
export const filled: Readonly<Record<string, readonly string[]>> = {
  signUp: ['language'],
  editMe: ['weekStart'],
  editProject: ['description', 'columns'],
  createCustomField: ['required'],
  editCustomField: ['name', 'required'],
  createTask: [...task, 'status', 'parentId'],
  editTask: patch,
  quickAdd: ['dryRun'],
  duplicateTask: ['title', 'projectId'],
  createTemplate: ['description', ...ofTemplate],
  editTemplate: ['name', 'description', ...ofTemplate],
  addChecklistItem: ['done'],
  editChecklistItem: ['text'],
  addTimeEntry: ['userId', 'startedAt'],
  editTimeEntry: ['startedAt', 'note'],
  startTimer: ['note'],
  previewNotifications: [...patch, 'status'].map((name) => `patch/${name}`),
  editNotificationPreferences: ['digest/daily'],
  editNotification: ['snoozedUntil', 'archived'],
  batchTasks: patch.map((name) => `operations/0/patch/${name}`),
  createJob: ['dryRun', ...[...patch, 'assigneeIds'].map((name) => `action/patch/${name}`)],
}
