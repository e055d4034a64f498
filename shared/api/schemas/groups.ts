import * as z from 'zod/mini'
import * as id from './ids.ts'
import { text } from './text.ts'
import { instant } from './time.ts'

const name = text(1, 100)
export const groupCreate = z.strictObject({ name })
export const groupPatch = z.partial(groupCreate)

export const group = z.strictObject({
  id: id.groupId,
  workspaceId: id.workspaceId,
  name: z.string(),
  /** How many people are in it, those who are suspended included. */
  members: z.int(),
  createdAt: instant,
  createdBy: id.userId,
  updatedAt: instant,
  version: z.int(),
  allowedActions: z.array(z.string()),
})
export type GroupReply = z.infer<typeof group>

export const groupMember = z.strictObject({
  userId: id.userId,
  name: z.string(),
  addedAt: instant,
  addedBy: id.userId,
})
export type GroupMemberReply = z.infer<typeof groupMember>

/** As much of a group as whoever sees a task of its may know. */
export const groupName = z.strictObject({ id: id.groupId, name: z.string() })
export type GroupName = z.infer<typeof groupName>
