import type { MailNotice } from '../../../mail/notice.ts'
import { isOpen, mayInvite } from '../../workspaces/workspace.ts'
import { type Judge, no } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'

export const invited: Judge<'invited'> = async (message, { workspaces }, now) => {
  const { workspaceId, invitationId } = message
  const [invitation, workspace] = await Promise.all([
    workspaces.invitation(workspaceId, invitationId),
    workspaces.workspace(workspaceId),
  ])
  if (invitation === undefined || workspace === undefined) return no('the invitation is gone')
  const { email, role, invitedBy, invitedByName, expiresAt } = invitation
  if (email === null || !isOpen(invitation, now)) return no('the invitation is not open any more')
  if (!mayInvite(await workspaces.member(workspaceId, invitedBy)))
    return no('the person who invited may not do so any more')
  const notice: MailNotice = {
    kind: 'invited',
    id: noticeIdOf(message),
    invitationId,
    workspaceId,
    workspaceName: workspace.name,
    by: invitedByName,
    role,
    expiresAt,
  }
  // Nothing is known of the person yet: not even whether the address has an account.
  return { send: true, notice, recipient: { address: email, name: '', language: 'en', zone: workspace.zone } }
}
