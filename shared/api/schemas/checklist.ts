import * as z from 'zod/mini'
import { checklistItemId } from './ids.ts'
import { text } from './text.ts'

/** The item that this one stands behind; `null` puts it first. */
const after = z.optional(z.nullable(checklistItemId))
export const checklistText = text(1, 500)

export const checklistItemCreate = z.strictObject({
  text: checklistText,
  done: z._default(z.boolean(), false),
  after,
})
export type ChecklistItemCreate = z.infer<typeof checklistItemCreate>
export const checklistItemPatch = z.partial(z.strictObject({ text: checklistText, done: z.boolean(), after }))
export type ChecklistItemPatch = z.infer<typeof checklistItemPatch>
