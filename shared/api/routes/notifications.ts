import * as z from 'zod/mini'
import { route } from '../declaration.ts'
import { notificationId, workspaceId } from '../schemas/ids.ts'
import { nothing, page, paging } from '../schemas/list.ts'
import { previewReply, previewRequest } from '../schemas/noticePreview.ts'
import * as notifications from '../schemas/notifications.ts'
import { preferencesPatch, preferencesReply } from '../schemas/preferences.ts'

const tag = 'notifications'
const access = { kind: 'member', action: 'workspace.read' } as const
const ofWorkspace = z.strictObject({ workspaceId })
const params = z.strictObject({ workspaceId, notificationId })
const path = '/v1/workspaces/{workspaceId}/notifications'
const ofPreferences = '/v1/workspaces/{workspaceId}/notification-preferences'

export const listNotifications = route({
  name: 'listNotifications',
  method: 'GET',
  path,
  summary: 'List my notices of a workspace',
  description:
    'The newest first, of the last 90 days. `unread` and `all` are the inbox: without what is archived, or snoozed until a time to come. Tasks are shown as they are now, and only those that I may read now. A page looks at 200 notices at most: it may be shorter than `limit` and still have a `next`.',
  tag,
  access,
  params: ofWorkspace,
  query: notifications.inboxQuery,
  body: undefined,
  reply: { status: 200, schema: page(notifications.notification) },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 2, calls: 3, readUnits: 20, writeUnits: 0 },
})

export const getNotification = route({
  name: 'getNotification',
  method: 'GET',
  path: `${path}/{notificationId}`,
  summary: 'Read one of my notices, and what became of it',
  description:
    'The `story` says through which channels it went, when, and why not through others: scheduled, claimed by the sender, then sent, failed or suppressed.',
  tag,
  access,
  params,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: notifications.notificationStory },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 2, calls: 2, readUnits: 6, writeUnits: 0 },
})

export const editNotification = route({
  name: 'editNotification',
  method: 'PATCH',
  path: `${path}/{notificationId}`,
  summary: 'Mark one of my notices as read, snooze or archive it',
  description:
    'What is snoozed comes back unread by itself. A mail that waits for its window or for the end of quiet hours is not sent once the notice has been read.',
  tag,
  access,
  params,
  query: nothing,
  body: notifications.notificationPatch,
  reply: { status: 200, schema: notifications.notification },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 3, readUnits: 6, writeUnits: 2 },
})

export const markNotificationsRead = route({
  name: 'markNotificationsRead',
  method: 'POST',
  path: `${path}:markRead`,
  summary: 'Mark my notices as read that are older than an instant',
  description:
    'Looks at 100 notices, the newest first; where there are more of them, the same request goes on at `next`. What is snoozed or archived stays as it is.',
  tag,
  access,
  params: ofWorkspace,
  query: z.strictObject({ cursor: paging.cursor }),
  body: notifications.markRead,
  reply: { status: 200, schema: notifications.markedRead },
  problems: ['invalid-cursor'],
  uses: { table: ['BatchGetItem', 'Query', 'PutItem'] },
  budget: { depth: 2, calls: 7, readUnits: 6, writeUnits: 10 },
})

export const previewNotifications = route({
  name: 'previewNotifications',
  method: 'POST',
  path: `${path}:preview`,
  summary: 'See who would be told of an edit, a comment or a new task, before it is made',
  description:
    'Takes `{taskId, patch}`, `{taskId, comment}` or `{projectId, newTask}`. By the rules and preferences that decide when it is made. Writes nothing, and is refused as the change itself would be. Whoever may not read who is in the workspace sees only people whom the task or the change names, without their names.',
  tag,
  // What is to be done decides who may.
  access,
  params: ofWorkspace,
  query: nothing,
  body: previewRequest,
  reply: { status: 200, schema: previewReply },
  problems: ['conflict'],
  uses: { table: ['BatchGetItem', 'Query'] },
  budget: { depth: 2, calls: 2, readUnits: 14, writeUnits: 0 },
})

export const getNotificationPreferences = route({
  name: 'getNotificationPreferences',
  method: 'GET',
  path: ofPreferences,
  summary: 'Read which notices of a workspace I want, how and when',
  description:
    '`own` is what I have chosen. `effective` is what holds: for a project what I have chosen for it, else what I have chosen, else the default of the product.',
  tag,
  access,
  params: ofWorkspace,
  query: nothing,
  body: undefined,
  reply: { status: 200, schema: preferencesReply },
  problems: [],
  etag: true,
  uses: { table: ['BatchGetItem'] },
  budget: { depth: 1, calls: 1, readUnits: 4, writeUnits: 0 },
})

export const editNotificationPreferences = route({
  name: 'editNotificationPreferences',
  method: 'PATCH',
  path: ofPreferences,
  summary: 'Choose which notices of a workspace I want, how and when',
  description:
    'JSON Merge Patch of `own`: `null` inherits again. Times are those of my own zone. Quiet hours put mails off to their end and drop none; with `urgentPasses` what tells of a task of priority `urgent` is sent at once.',
  tag,
  access,
  params: ofWorkspace,
  query: nothing,
  body: preferencesPatch,
  reply: { status: 200, schema: preferencesReply },
  problems: ['precondition-failed'],
  etag: true,
  uses: { table: ['BatchGetItem', 'PutItem'] },
  budget: { depth: 2, calls: 2, readUnits: 5, writeUnits: 1 },
})
