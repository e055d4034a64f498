import * as z from 'zod/mini'
import * as id from './ids.ts'
import { statuses } from './task.ts'
import { date, instant } from './time.ts'

export const mfaChanges = ['enabled', 'disabled', 'recoveryCodeUsed', 'recoveryCodesRenewed'] as const
export type MfaChange = (typeof mfaChanges)[number]

/**
 * `at`: when that happened which the notice tells, however often and however late it is told. It stands in the id of the
 * notice, so that whatever makes the same message again says the same instant.
 */
const happened = { at: instant }
const common = { userId: id.userId, ...happened }
const inWorkspace = { ...common, workspaceId: id.workspaceId }
const ofTask = { ...inWorkspace, taskId: id.taskId }
/** `version`: of the task, since the change that is told. */
const ofChange = { ...ofTask, by: id.userId, version: z.int() }

/** A message of the notifications queue: one notice for one person. Facts to show are read when it is sent. */
export const noticeMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('welcome'), ...common }),
  z.strictObject({ kind: z.literal('farewell'), ...common }),
  /** The second factor of the person changed; `version` is the person's since. */
  z.strictObject({
    kind: z.literal('mfa'),
    ...common,
    change: z.enum(mfaChanges),
    version: z.int(),
    codesLeft: z.int(),
  }),
  z.strictObject({ kind: z.literal('assigned'), ...ofChange }),
  /** The status is another one since. */
  z.strictObject({ kind: z.literal('status'), ...ofChange, from: z.enum(statuses), to: z.enum(statuses) }),
  /** In a comment, by name or through a group. `version` is the comment's since. */
  z.strictObject({ kind: z.literal('mentioned'), ...ofChange, commentId: id.commentId }),
  z.strictObject({ kind: z.literal('commented'), ...ofChange, commentId: id.commentId }),
  /** `at`: when the reminder is for. */
  z.strictObject({ kind: z.literal('reminder'), ...ofTask, reminderId: id.reminderId }),
  /** `at`: the moment, as the due date of the task puts it. */
  z.strictObject({ kind: z.enum(['dueSoon', 'due', 'overdue', 'escalated']), ...ofTask }),
  /** Some tasks were assigned to the person at once. */
  z.strictObject({
    kind: z.literal('bulk'),
    ...inWorkspace,
    bulkId: z.string(),
    by: id.userId,
    count: z.int(),
  }),
  /** Of a day, or of the week that ends with it, in the zone of the person; `at`: when it was to be sent. */
  z.strictObject({ kind: z.enum(['digest', 'weekly']), ...inWorkspace, date }),
  /** Deliveries failed for so long that no more are tried; `version` is the webhook's since. */
  z.strictObject({
    kind: z.literal('webhookDisabled'),
    ...inWorkspace,
    webhookId: id.webhookId,
    version: z.int(),
    /** Where it delivered to, without path and query. */
    origin: z.string(),
    failingSince: instant,
  }),
  z.strictObject({
    kind: z.literal('invited'),
    workspaceId: id.workspaceId,
    invitationId: id.invitationId,
    ...happened,
  }),
])
/** A mail of several notices, or of one, whose time has come. */
export const waitingMessage = z.strictObject({ kind: z.literal('waiting'), ...inWorkspace })
export type WaitingMessage = z.infer<typeof waitingMessage>

export type NoticeMessage = z.infer<typeof noticeMessage>
export type NoticeKind = NoticeMessage['kind']
/** Messages of a kind, also where several kinds have one shape. */
export type NoticeAbout<Kind extends NoticeKind, Message = NoticeMessage> = Message extends NoticeMessage
  ? Kind extends Message['kind']
    ? Message
    : never
  : never
