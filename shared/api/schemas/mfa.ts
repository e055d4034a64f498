import * as z from 'zod/mini'
import { password } from './text.ts'
import { instant } from './time.ts'

/** What an authenticator shows (RFC 6238): six digits, for half a minute. */
export const totpCode = z
  .string()
  .check(z.regex(/^\d{6}$/, { error: 'must be the six digits that the authenticator shows' }))
/** In four groups of six; capitals, spaces and missing hyphens are no matter. */
export const recoveryCode = z.string().check(z.minLength(1), z.maxLength(64))

export const passwordProof = z.strictObject({ password })
export const codeProof = z.strictObject({ password, code: totpCode })
/** One of the two. */
export const fullProof = z.strictObject({
  password,
  code: z.optional(totpCode),
  recoveryCode: z.optional(recoveryCode),
})

export const mfaState = z.strictObject({
  enabled: z.boolean(),
  enabledAt: z.nullable(instant),
  recoveryCodesLeft: z.int(),
})
/** Shown once: the secret in base32 (RFC 4648) to type, and a URI with it to scan. */
export const totpEnrolment = z.strictObject({ secret: z.string(), uri: z.string() })
/** Shown once: only hashes are kept. */
export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) })
