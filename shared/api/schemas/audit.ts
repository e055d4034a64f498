import * as z from 'zod/mini'
import * as id from './ids.ts'
import { change } from './record.ts'
import { instant } from './time.ts'

/** What the audit log tells. None begins with `task.`: those are the history's, and everybody's who sees the task. */
const auditTypes = [
  'workspace.created',
  'workspace.edited',
  'workspace.handedOver',
  'member.joined',
  'member.roleChanged',
  'member.projectRolesChanged',
  'member.suspended',
  'member.reinstated',
  'member.removed',
  'member.left',
  'invitation.made',
  'invitation.accepted',
  'invitation.revoked',
  'group.created',
  'group.renamed',
  'group.deleted',
  'group.memberAdded',
  'group.memberRemoved',
  'share.given',
  'share.changed',
  'share.taken',
  'token.made',
  'token.revoked',
  'session.began',
  'session.ended',
  'sessions.ended',
  'mfa.enabled',
  'mfa.disabled',
  'mfa.recoveryCodeUsed',
  'mfa.recoveryCodesRenewed',
  'export.asked',
  'webhook.created',
  'webhook.edited',
  'webhook.secretRotated',
  'webhook.disabled',
  'webhook.deleted',
] as const
const auditType = z.enum(auditTypes)
export type AuditType = z.infer<typeof auditType>

/** SHA-256, base64url. */
const hash = z.string()

/** What an event is about. Sessions and people bear UUIDs, all else the ids of this API. */
const subject = z.strictObject({
  kind: z.enum([
    'workspace',
    'member',
    'invitation',
    'task',
    'token',
    'session',
    'person',
    'group',
    'export',
    'webhook',
  ]),
  id: z.string(),
})

/**
 * One event that owners see, of the same gapless sequence as the history of tasks. `hash` is SHA-256, base64url, over
 * `previousHash`, a line feed and all else of the entry as canonical JSON (RFC 8785).
 */
export const auditEntry = z.strictObject({
  sequence: z.int(),
  workspaceId: id.workspaceId,
  /** The same however often the event was delivered. */
  id: z.string(),
  type: auditType,
  /** When it happened; to the second where nothing but the stream tells. */
  at: instant,
  /** The same, or that of the entry before where that is later: never goes back along the sequence. */
  orderedAt: instant,
  /** `null`: nobody in particular, such as a rule of the product. */
  by: z.nullable(id.userId),
  about: subject,
  changes: z.array(change),
  /** Of the event before in the whole sequence. */
  previousHash: hash,
  /** Of the entry before in the audit log. */
  previousAuditHash: hash,
  hash,
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditFilters = {
  type: z.optional(auditType),
  /** Who did it. */
  actor: z.optional(id.userId),
  /** Bounds of `orderedAt`: from this instant on, and before that one. */
  since: z.optional(instant),
  until: z.optional(instant),
}

const place = z.strictObject({ sequence: z.int(), hash })

/** Of the audit log, or of the whole sequence that it is a part of. */
export const verification = z.strictObject({
  /** Whether everything looked at in this call is as it was written. */
  valid: z.boolean(),
  checked: z.int(),
  /** The first and the last entry looked at; `null`: there was none. */
  first: z.nullable(place),
  last: z.nullable(place),
  /** The number of the first entry that is not what it was, or before which others are missing. */
  brokenAt: z.optional(z.int()),
  next: z.optional(z.string()),
})
export type Verification = z.infer<typeof verification>
