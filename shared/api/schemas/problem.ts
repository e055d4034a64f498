import * as z from 'zod/mini'

/** RFC 9457 problem document; some codes add members, such as the three sides of a conflict. */
export const problem = z.looseObject({
  type: z.string().check(z.regex(/^urn:duely:problem:[a-z-]+$/)),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string(), detail: z.string() }))),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problem>
