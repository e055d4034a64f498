import { mayHaveWebhooks } from '../../webhooks/webhook.ts'
import { isActive, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'

/** Told whatever has become of the webhook since: it did not hear of everything. */
export const webhookDisabled: Judge<'webhookDisabled'> = async (message, { people, workspaces }) => {
  const { kind, workspaceId, webhookId, userId, origin, failingSince } = message
  const [person, member, workspace] = await Promise.all([
    people.person(userId),
    workspaces.member(workspaceId, userId),
    workspaces.workspace(workspaceId),
  ])
  if (!isActive(person)) return no('the account is not open')
  if (!mayHaveWebhooks(member) || workspace === undefined)
    return no('the person may not have webhooks any more')
  const about = { workspaceId, workspaceName: workspace.name, webhookId, origin, failingSince }
  return {
    send: true,
    notice: { kind, id: noticeIdOf(message), ...about },
    recipient: recipientOf(person),
  }
}
