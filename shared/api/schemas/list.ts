import * as z from 'zod/mini'

/** Page size and opaque position. */
export const paging = {
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  cursor: z.optional(z.string().check(z.maxLength(2_048))),
}

/** A page: `next` is the link to the following page, absent on the last. */
export const page = <T extends z.core.$ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.optional(z.string()) })

export const nothing = z.strictObject({})
