import * as z from 'zod/mini'
import * as id from './ids.ts'
import { fullProof } from './mfa.ts'
import { instant } from './time.ts'

/** What has to be typed to delete an account. */
export const deletionPhrase = 'delete my account'

export const accountDeletion = z.strictObject({
  ...fullProof.shape,
  confirm: z.literal(deletionPhrase),
})

export const exportReply = z.strictObject({
  id: id.exportId,
  /** `failed`: it was cut off for good; ask for another. */
  state: z.enum(['running', 'ready', 'failed']),
  createdAt: instant,
  finishedAt: z.nullable(instant),
  /** When it is dropped, its files included. */
  expiresAt: instant,
  /** Once it is ready: JSON Lines, all of one format, to be read one after the other. */
  files: z.array(
    z.strictObject({
      name: z.string(),
      bytes: z.int(),
      lines: z.int(),
      /** Good until `urlExpiresAt`; read the export again for another. */
      url: z.string(),
      urlExpiresAt: instant,
    }),
  ),
})

/** A message of the jobs queue about somebody's own data. */
export const accountMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('export'), userId: id.userId, exportId: id.exportId }),
  z.strictObject({ kind: z.literal('deletion'), userId: id.userId }),
])
export type AccountMessage = z.infer<typeof accountMessage>
