import * as z from 'zod/mini'
import * as id from './ids.ts'
import { paging } from './list.ts'
import { preferenceKinds } from './preferences.ts'
import { instant } from './time.ts'

/** All that is told of a workspace. Digests go by mail only, and are read one by one to learn what became of them. */
const kind = z.enum([...preferenceKinds, 'bulk', 'digest', 'weekly', 'webhookDisabled'])

/** `unread`: to be looked at. `all`: read ones as well. Both without what is snoozed or archived. */
const inboxStates = ['unread', 'all', 'snoozed', 'archived'] as const
export type InboxState = (typeof inboxStates)[number]

const why = z.nullable(z.string())

const mailState = z.enum(['scheduled', 'claimed', 'sent', 'failed', 'suppressed'])

const named = z.strictObject({ id: id.userId, name: z.string() })

export const notification = z.strictObject({
  id: id.notificationId,
  kind,
  /** When that happened which it tells. */
  at: instant,
  /** Absent where the person may not read the task any more. */
  task: z.optional(
    z.strictObject({ id: id.taskId, key: z.string(), title: z.string(), projectId: id.projectId }),
  ),
  by: z.optional(named),
  commentId: z.optional(id.commentId),
  reminderId: z.optional(id.reminderId),
  webhookId: z.optional(id.webhookId),
  /** Of a status. */
  from: z.optional(z.string()),
  to: z.optional(z.string()),
  /** Tasks assigned at once. */
  count: z.optional(z.int()),
  readAt: z.nullable(instant),
  snoozedUntil: z.nullable(instant),
  archivedAt: z.nullable(instant),
  mail: z.strictObject({ state: mailState, why, at: instant, dueAt: z.nullable(instant) }),
  version: z.int(),
})
export type NotificationReply = z.infer<typeof notification>

const storyLine = z.strictObject({
  at: instant,
  channel: z.enum(['inbox', 'mail']),
  state: z.enum([...mailState.options, 'delivered', 'bounced', 'complained']),
  why,
})

/** With what happened to it, oldest first. */
export const notificationStory = z.extend(notification, { story: z.array(storyLine) })
export type NotificationStory = z.infer<typeof notificationStory>

export const inboxQuery = z.strictObject({ ...paging, state: z._default(z.enum(inboxStates), 'all') })

export const notificationPatch = z.strictObject({
  read: z.optional(z.boolean()),
  archived: z.optional(z.boolean()),
  snoozedUntil: z.optional(z.nullable(instant)),
})
export type NotificationPatch = z.infer<typeof notificationPatch>

export const markRead = z.strictObject({ before: instant })
export const markedRead = z.strictObject({ next: z.optional(z.string()) })
