import type { WebhookPatch, WebhookReply } from '../../api/schemas/webhooks.ts'
import { existing, invalidField } from '../failure.ts'
import type { Projects } from '../ports.ts'
import type { Ask, Call, Outcome } from '../useCase.ts'
import type { Targets } from './egress.ts'
import { isOfAudit, mayHear } from './match.ts'
import type { Secrets, Webhooks } from './ports.ts'
import { targetOf } from './target.ts'
import { present, type Seen, type Webhook } from './webhook.ts'

/** What the routes of webhooks work with. */
export interface WebhookWorld {
  readonly webhooks: Webhooks
  readonly projects: Pick<Projects, 'project'>
  readonly secrets: Secrets
  readonly targets: Targets
}

export type InWorkspace<Query = unknown, Body = unknown> = Ask<{ workspaceId: string }, Query, Body>
export type OfWebhook<Query = unknown, Body = unknown> = Ask<
  { workspaceId: string; webhookId: string },
  Query,
  Body
>

export const places = ({ params }: InWorkspace, { webhooks }: Pick<WebhookWorld, 'webhooks'>) =>
  webhooks.places(params.workspaceId)

/** The webhook that a path names. */
export const named = (all: readonly Seen[], { params: { webhookId } }: OfWebhook): Seen =>
  existing(all.find(({ webhook }) => webhook.id === webhookId && webhook.deletedAt === null))

export const answer = (seen: Seen, { ask, member }: Call): Outcome<WebhookReply> => ({
  body: present(seen, member, ask.now),
  version: seen.webhook.version,
})

/** Of these projects, the ones there are. */
export const projectsOf = async (
  workspaceId: string,
  ids: readonly string[],
  { projects }: Pick<WebhookWorld, 'projects'>,
): Promise<ReadonlySet<string>> => {
  const found = await Promise.all(ids.map((id) => projects.project(workspaceId, id)))
  return new Set(found.flatMap((project) => project?.id ?? []))
}

/** The secret, for the one answer that shows it. */
export const shownSecret = (webhook: Webhook, { secrets }: Pick<WebhookWorld, 'secrets'>): string => {
  const secret = secrets.open(webhook, webhook.secret)
  if (secret === undefined) throw new Error('a secret that was sealed just now does not open')
  return secret
}

type Wanted = Pick<WebhookPatch, 'url' | 'events' | 'projectIds'>

const addressFor = async (url: string, { targets }: Pick<WebhookWorld, 'targets'>): Promise<string> => {
  const target = targetOf(url)
  if ('wrong' in target) throw invalidField('/url', target.wrong)
  const objection = await targets.objectionTo(target.url)
  if (objection !== undefined) throw invalidField('/url', `must lead to the open internet: ${objection}`)
  return target.url.href
}

/**
 * Checks what a body says about a webhook.
 * @returns the address in its normal form, where it says one
 */
export const checked = async (
  { url, events = [], projectIds = [] }: Wanted,
  found: ReadonlySet<string>,
  { member }: Pick<Call, 'member'>,
  world: Pick<WebhookWorld, 'targets'>,
): Promise<string | undefined> => {
  const audit = mayHear(member, true) ? -1 : events.findIndex(isOfAudit)
  if (audit >= 0) throw invalidField(`/events/${audit}`, 'is of the audit log, of which only owners hear')
  const strange = projectIds.findIndex((id) => !found.has(id))
  if (strange >= 0) throw invalidField(`/projectIds/${strange}`, 'must be a project of this workspace')
  return url === undefined ? undefined : addressFor(url, world)
}
