import * as z from 'zod/mini'
import { instant } from './time.ts'

/** `origin_jti` of the tokens that a sign-in gave. */
export const sessionId = z
  .string()
  .check(
    z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'must be the id of a session' }),
    z.meta({ format: 'uuid' }),
  )

/** A session as its owner sees it. `browser` and `system` are names read from `userAgent`, where it has them. */
export const session = z.strictObject({
  id: sessionId,
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  userAgent: z.string(),
  createdAt: instant,
  lastUsedAt: instant,
  expiresAt: instant,
  current: z.boolean(),
})
