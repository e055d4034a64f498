import * as z from 'zod/mini'
import { commentCreate } from './comments.ts'
import { projectId, taskId, userId } from './ids.ts'
import { preferenceKinds } from './preferences.ts'
import { taskCreate, taskPatch } from './task.ts'
import { instant } from './time.ts'

/** Names of what a request has. */
const formOf = (request: object): string => Object.keys(request).sort().join(' ')
const forms: readonly string[] = ['patch taskId', 'comment taskId', 'newTask projectId']

/** An edit, a comment or a creation that is not made. One flat shape: what is wrong is told by its field. */
export const previewRequest = z
  .strictObject({
    taskId: z.optional(taskId),
    patch: z.optional(taskPatch),
    comment: z.optional(commentCreate),
    projectId: z.optional(projectId),
    newTask: z.optional(taskCreate),
  })
  .check(
    z.refine((request) => forms.includes(formOf(request)), {
      error: 'must be {taskId, patch}, {taskId, comment} or {projectId, newTask}',
    }),
    z.meta({
      examples: [
        { taskId: 'tsk_01jd3v8k6t9q2w4e7r5y8z0x1c', patch: { status: 'done' } },
        { taskId: 'tsk_01jd3v8k6t9q2w4e7r5y8z0x1c', comment: { body: 'Is the roof tight?' } },
        { projectId: 'prj_01jd3v8k6t9q2w4e7r5y8z0x1c', newTask: { title: 'Order slates' } },
      ],
    }),
  )
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
