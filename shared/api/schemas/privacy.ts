import * as z from 'zod/mini'
import * as id from './ids.ts'
import { fullProof } from './mfa.ts'

/** What has to be typed to delete an account. */
export const deletionPhrase = 'delete my account'

export const accountDeletion = z.strictObject({
  ...fullProof.shape,
  confirm: z.literal(deletionPhrase),
})

/** A message of the jobs queue about somebody's own data. */
export const accountMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('export'), userId: id.userId, exportId: id.exportId }),
  z.strictObject({ kind: z.literal('deletion'), userId: id.userId }),
])
export type AccountMessage = z.infer<typeof accountMessage>
