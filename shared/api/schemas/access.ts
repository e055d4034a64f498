import * as z from 'zod/mini'
import { actions, roles } from '../actions.ts'
import * as id from './ids.ts'

/** Roles that differ from project to project; who runs the workspace runs all of it. */
const projectRoles = ['manager', 'member', 'guest'] as const

/** What a task lets somebody do with whom it was shared: look at it, or work on it. */
export const shareLevels = ['view', 'edit'] as const
export type ShareLevel = (typeof shareLevels)[number]
export const shareSet = z.strictObject({ level: z.enum(shareLevels) })
export type ShareSet = z.infer<typeof shareSet>

export const projectRoleSet = z.strictObject({ role: z.enum(projectRoles) })
export type ProjectRoleSet = z.infer<typeof projectRoleSet>

/** A member of the workspace as somebody of a project. */
export const projectMember = z.strictObject({
  userId: id.userId,
  name: z.string(),
  /** The one that counts in this project. */
  role: z.enum(roles),
  /** Whether the project gives it, in place of the role in the workspace. */
  isOfProject: z.boolean(),
  version: z.int(),
})
export type ProjectMemberReply = z.infer<typeof projectMember>

/** What is asked about: an action, and what it would be done to. */
export const explainQuery = z.strictObject({
  action: z.enum(actions),
  /** Whom it is about; the caller, unless it says somebody else. */
  userId: z.optional(id.userId),
  taskId: z.optional(id.taskId),
  projectId: z.optional(id.projectId),
})

export const explanation = z.strictObject({
  userId: id.userId,
  action: z.enum(actions),
  allowed: z.boolean(),
  /** The role that counts, and where it comes from. */
  role: z.enum(roles),
  from: z.enum(['workspace', 'project', 'share']),
  projectId: z.optional(id.projectId),
  /** What the role allows: to all, to people's own, to none. */
  rule: z.enum(['all', 'own', 'none']),
  /** Whether the target is the person's own: created by or assigned to them, or to a group they are in. */
  isOwn: z.boolean(),
  /** The group through which alone it is. */
  groupId: z.optional(id.groupId),
  text: z.string(),
})
export type Explanation = z.infer<typeof explanation>
