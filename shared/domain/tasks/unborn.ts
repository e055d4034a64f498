import type { Task } from './task.ts'

/** What a task has before anything was done to it, as far as a creation need not say it. */
export const unborn = {
  assigneeGroupIds: [],
  watcherIds: [],
  recurrence: null,
  metadata: {},
  customFields: {},
  parentId: null,
  ancestorIds: [],
  links: {},
  columns: {},
  checklist: {},
  timeEntries: {},
  attachments: {},
  shares: {},
  archivedAt: null,
  archivedWith: null,
  trashedAt: null,
  trashedWith: null,
  successorId: null,
  series: {},
  cause: null,
  escalateAt: null,
  through: 'system',
  purge: null,
} satisfies Partial<Task>
