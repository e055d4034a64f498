import * as z from 'zod/mini'
import * as id from './ids.ts'
import { instant } from './time.ts'

export const mfaChanges = ['enabled', 'disabled', 'recoveryCodeUsed', 'recoveryCodesRenewed'] as const
export type MfaChange = (typeof mfaChanges)[number]

const common = { userId: id.userId }
const inWorkspace = { ...common, workspaceId: id.workspaceId }

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
    at: instant,
    codesLeft: z.int(),
  }),
  z.strictObject({
    kind: z.literal('assigned'),
    ...inWorkspace,
    taskId: id.taskId,
    by: id.userId,
    version: z.int(),
  }),
  z.strictObject({
    kind: z.literal('reminder'),
    ...inWorkspace,
    taskId: id.taskId,
    reminderId: id.reminderId,
    at: instant,
  }),
  /** Some tasks were assigned to the person at once. */
  z.strictObject({
    kind: z.literal('bulk'),
    ...inWorkspace,
    bulkId: z.string(),
    by: id.userId,
    count: z.int(),
  }),
  z.strictObject({
    kind: z.literal('invited'),
    workspaceId: id.workspaceId,
    invitationId: id.invitationId,
  }),
])
export type NoticeMessage = z.infer<typeof noticeMessage>
