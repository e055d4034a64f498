import * as z from 'zod/mini'
import { taskId, userId } from './ids.ts'
import { preferenceKinds } from './preferences.ts'
import { taskPatch } from './task.ts'
import { instant } from './time.ts'

/** An edit that is not made. */
export const previewRequest = z.strictObject({ taskId, patch: taskPatch })
export type PreviewRequest = z.infer<typeof previewRequest>

const foreseen = z.strictObject({
  /** The name is left out for those who may not read who is in the workspace. */
  user: z.strictObject({ id: userId, name: z.optional(z.string()) }),
  kind: z.enum(preferenceKinds),
  inbox: z.boolean(),
  mail: z.enum(['now', 'later', 'never']),
  /** When a mail leaves that waits. */
  mailAt: z.nullable(instant),
  /** Why there is no entry in the inbox, why the mail waits, or why there is none. */
  why: z.nullable(z.string()),
})
export type Foreseen = z.infer<typeof foreseen>

/** `others`: how many more there are, whom the caller may not know of or who are too many to list. */
export const previewReply = z.strictObject({ people: z.array(foreseen), others: z.int() })
export type PreviewReply = z.infer<typeof previewReply>
