import type { Change } from '../pipeline/record.ts'
import { originOf, type Webhook } from '../webhooks/webhook.ts'
import type { AuditDraft } from './event.ts'

type Told = AuditDraft['changes']

/** Where it delivers to, but for path and query: those may hold secrets. */
const shownUrl = ({ url }: Webhook): string | null => (url === '' ? null : `${originOf(url)}/…`)

const asText = (list: readonly string[] | undefined): string | null => list?.join(' ') || null

const told: Readonly<Record<string, (webhook: Webhook) => unknown>> = {
  url: shownUrl,
  events: ({ events }) => asText(events),
  projectIds: ({ projectIds }) => asText(projectIds),
  active: ({ active }) => active,
  disabled: ({ disabled }) => disabled?.because ?? null,
}

/** Fields of which owners learn what they were and are; of an address also that another path was given. */
const differences = (before: Webhook | undefined, after: Webhook): Told => {
  const isElsewhere = before?.url !== after.url
  return Object.entries(told)
    .map(([field, read]) => ({ field, from: before === undefined ? null : read(before), to: read(after) }))
    .filter(({ field, from, to }) => from !== to || (field === 'url' && isElsewhere))
}

const typeOf = (before: Webhook | undefined, after: Webhook): AuditDraft['type'] => {
  if (before?.id !== after.id) return 'webhook.created'
  if (after.deletedAt !== null) return 'webhook.deleted'
  if (before.disabled === null && after.disabled !== null) return 'webhook.disabled'
  return before.secret === after.secret ? 'webhook.edited' : 'webhook.secretRotated'
}

/** What a write of a webhook means to owners. The secret is told of nowhere, and what is left of a deleted one is nothing new. */
export const webhookAudit = ({ before, after }: Change<Webhook>): AuditDraft[] => {
  if (after === undefined || (before?.id === after.id && before.version === after.version)) return []
  const { workspaceId, id, version, createdBy, updatedBy, updatedAt } = after
  const type = typeOf(before, after)
  const by = { 'webhook.created': createdBy, 'webhook.disabled': null }[type as string]
  const changes =
    type === 'webhook.deleted' && before !== undefined
      ? [{ field: 'url', from: shownUrl(before), to: null }]
      : differences(before?.id === id ? before : undefined, after)
  return [
    {
      workspaceId,
      id: `webhook/${id}/${version}`,
      type,
      at: updatedAt,
      by: by === undefined ? updatedBy : by,
      about: { kind: 'webhook', id },
      changes,
    },
  ]
}
