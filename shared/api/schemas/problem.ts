import * as z from 'zod/mini'

/** A field that somebody else has changed since: as it was, as the request wants it, as it is. */
const conflict = z.strictObject({
  field: z.string(),
  base: z.optional(z.unknown()),
  mine: z.optional(z.unknown()),
  theirs: z.optional(z.unknown()),
  /** The version that made it so; an undo names it. */
  version: z.optional(z.int()),
})

/** RFC 9457 problem document. `precondition-failed` names the present version and the fields in conflict. */
export const problem = z.looseObject({
  type: z.string().check(z.regex(/^urn:duely:problem:[a-z-]+$/)),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string(), detail: z.string() }))),
  version: z.optional(z.int()),
  conflicts: z.optional(z.array(conflict)),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problem>
