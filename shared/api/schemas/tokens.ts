import * as z from 'zod/mini'
import { scopes } from '../scopes.ts'
import * as id from './ids.ts'
import { list } from './task.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

const mostDays = 366

export const tokenCreate = z.strictObject({
  name: text(1, 100),
  scopes: list(z.enum(scopes), scopes.length).check(z.minLength(1)),
  /** The one workspace it is good for; left out: all of the caller's. */
  workspaceId: z.optional(id.workspaceId),
  expiresInDays: z.int().check(z.gte(1), z.lte(mostDays)),
})
export type TokenCreate = z.infer<typeof tokenCreate>

export const tokenRow = z.strictObject({
  id: id.tokenId,
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  /** `null`: all of the caller's. */
  workspaceId: z.nullable(id.workspaceId),
  createdAt: instant,
  expiresAt: instant,
})
export type TokenRow = z.infer<typeof tokenRow>

/** With the token itself, which is not kept and never shown again. */
export const tokenMade = z.strictObject({ ...tokenRow.shape, token: z.string() })
export type TokenMade = z.infer<typeof tokenMade>

/** All of them: there are never more than fifty. */
export const tokenList = z.strictObject({ items: z.array(tokenRow) })
