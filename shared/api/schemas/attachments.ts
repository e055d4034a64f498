import * as z from 'zod/mini'
import { maximumFileSize } from '../files.ts'
import { attachmentId } from './ids.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

/** `type/subtype` of RFC 9110, section 8.3.1, in lower case and without parameters. */
const token = "[!#$%&'*+.^_`|~0-9a-z-]+"
const mediaType = z
  .string()
  .check(
    z.toLowerCase(),
    z.maxLength(127),
    z.regex(new RegExp(`^${token}/${token}$`), { error: 'must look like image/png, without parameters' }),
    z.meta({ examples: ['image/png'] }),
  )

/** What somebody wants to attach. */
export const attachmentOffer = z.strictObject({
  name: text(1, 255),
  mediaType,
  /** Bytes; the upload must have exactly as many. */
  size: z.int().check(z.gte(1), z.lte(maximumFileSize)),
})
export type AttachmentOffer = z.infer<typeof attachmentOffer>

/** The one request that uploads it: to be sent as it stands, with the file as body. */
export const uploadOffer = z.strictObject({
  attachmentId,
  /** The name it will have: without path, and without what cannot be seen. */
  name: z.string(),
  upload: z.strictObject({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.strictObject({ 'content-type': z.string(), 'if-none-match': z.literal('*') }),
    expiresAt: instant,
  }),
  /** Completes the upload, for 24 hours. */
  ticket: z.string(),
})
export type UploadReply = z.infer<typeof uploadOffer>

export const completion = z.strictObject({ ticket: z.string().check(z.minLength(1), z.maxLength(2048)) })

export const downloadOffer = z.strictObject({ url: z.string(), expiresAt: instant })
