import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { allOf } from '../pages.ts'
import type { Record } from '../pipeline/record.ts'
import type { WorkspacesByKey } from '../ports.ts'
import { isActiveOwner } from '../workspaces/workspace.ts'
import { mayHaveWebhooks, originOf, type Webhook } from './webhook.ts'

const pageSize = 100

const ownersOf = async (
  workspaceId: string,
  workspaces: Pick<WorkspacesByKey, 'members'>,
): Promise<string[]> => {
  const page = (after?: string) => workspaces.members(workspaceId, pageSize, after)
  const all = await allOf(page, ({ userId }) => userId)
  return all.filter(isActiveOwner).map(({ userId }) => userId)
}

/** Whoever is responsible for a webhook; the owners once that person may not have webhooks any more. */
const toldAbout = async (
  { workspaceId, responsibleId }: Webhook,
  workspaces: Pick<WorkspacesByKey, 'member' | 'members'>,
): Promise<string[]> => {
  const member = await workspaces.member(workspaceId, responsibleId)
  return mayHaveWebhooks(member) ? [responsibleId] : ownersOf(workspaceId, workspaces)
}

/** Notices of a webhook that was switched off because deliveries failed. */
export const webhookNotices = async (
  record: Record,
  workspaces: Pick<WorkspacesByKey, 'member' | 'members'>,
): Promise<NoticeMessage[]> => {
  if (record.kind !== 'webhook') return []
  const { before, after } = record
  if (!after?.disabled || before?.id !== after.id || before.disabled !== null) return []
  const { workspaceId, id: webhookId, version, disabled, url } = after
  const people = await toldAbout(after, workspaces)
  return people.map((userId) => ({
    kind: 'webhookDisabled',
    workspaceId,
    webhookId,
    version,
    at: disabled.at,
    origin: originOf(url),
    failingSince: disabled.failingSince,
    userId,
  }))
}
