import type { disabledReasons, WebhookReply } from '../../api/schemas/webhooks.ts'
import { allowedActions, mayDo } from '../access/permissions.ts'
import { isActive, type Member } from '../workspaces/workspace.ts'

/** Webhooks that a workspace has at most: places for them. */
export const mostWebhooks = 10

export interface Webhook {
  readonly id: string
  readonly workspaceId: string
  /** Its place in the workspace, 0 to 9; free again once it is deleted. */
  readonly slot: number
  /** Where it delivers to; empty once it is deleted. */
  readonly url: string
  readonly events: readonly string[]
  /** Only events of tasks in these; empty: of all, and what is no task's. */
  readonly projectIds: readonly string[]
  readonly description: string
  readonly active: boolean
  /** Why it was switched off, and since when deliveries had failed. */
  readonly disabled: {
    readonly at: string
    readonly because: (typeof disabledReasons)[number]
    readonly failingSince: string
  } | null
  /** In whose name it is told: who made it or changed last what it tells, and where to. */
  readonly responsibleId: string
  /** Sealed; empty once it is deleted. */
  readonly secret: string
  /** The secret before the last rotation, sealed, and until when it signs too. */
  readonly previous: { readonly secret: string; readonly until: string } | null
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly version: number
  /** Kept for a while: of a deletion the stream shows only what there was. */
  readonly deletedAt: string | null
}

/** A webhook, and since when every delivery has failed. */
export interface Seen {
  readonly webhook: Webhook
  readonly failingSince: string | null
}

/** Whether this member may have webhooks: each is told in the name of one who may. */
export const mayHaveWebhooks = (member: Member | undefined): member is Member =>
  member !== undefined && isActive(member) && mayDo(member.role, 'webhook.create', false)

/** Whether events go to it at all. */
export const isOn = ({ active, disabled, deletedAt }: Webhook): boolean =>
  active && disabled === null && deletedAt === null

/** What may be told of where it delivers to: path and query may hold secrets. */
export const originOf = (url: string): string => (url === '' ? '' : new URL(url).origin)

/** Until when the secret before signs, if it still does. */
export const previousAt = ({ previous }: Webhook, now: string): Webhook['previous'] =>
  previous !== null && previous.until > now ? previous : null

export const present = (
  { webhook, failingSince }: Seen,
  { role }: Pick<Member, 'role'>,
  now: string,
): WebhookReply => ({
  id: webhook.id,
  workspaceId: webhook.workspaceId,
  url: webhook.url,
  events: [...webhook.events],
  projectIds: [...webhook.projectIds],
  description: webhook.description,
  active: webhook.active,
  disabled: webhook.disabled && { at: webhook.disabled.at, because: webhook.disabled.because },
  failingSince,
  previousSecretUntil: previousAt(webhook, now)?.until ?? null,
  responsibleId: webhook.responsibleId,
  createdAt: webhook.createdAt,
  createdBy: webhook.createdBy,
  updatedAt: webhook.updatedAt,
  version: webhook.version,
  allowedActions: allowedActions(role, 'webhook', false),
})
