import { expect, test } from 'vitest'
import * as invitations from '../../shared/api/routes/invitations.ts'
import * as members from '../../shared/api/routes/members.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as workspaces from '../../shared/api/routes/workspaces.ts'
import { newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('a member is suspended and reinstated, leaves, comes back, and is handed the workspace', async () => {
  const [team, mia] = await Promise.all([newTeam(), newPerson('Mia')])
  const { owner, workspaceId } = team
  await team.admit(mia, 'member')
  const task = await team.addTask({ title: 'Paint the pier', assigneeIds: [mia.id] })
  const params = { workspaceId, userId: mia.id }
  const seen = { params: { workspaceId, taskId: task.id } }

  const suspended = await owner.api.ok(members.suspendMember, { params, body: {} })
  expect(suspended.body).toMatchObject({ state: 'suspended', role: 'member' })
  await mia.api.refused('not-found', tasks.getTask, seen)
  await mia.api.refused('not-found', workspaces.getWorkspace, { params: { workspaceId } })
  await owner.api.ok(members.reinstateMember, { params, body: {} })
  await mia.api.ok(tasks.getTask, seen)

  await owner.api.refused('conflict', members.removeMember, { params: { workspaceId, userId: '@me' } })
  await mia.api.refused('forbidden', members.removeMember, { params: { workspaceId, userId: owner.id } })
  await mia.api.ok(members.removeMember, { params: { workspaceId, userId: '@me' } })
  await mia.api.refused('not-found', tasks.getTask, seen)
  expect((await owner.api.ok(tasks.getTask, seen)).body.assigneeIds).toEqual([mia.id])

  await team.admit(mia, 'guest')
  await owner.api.ok(members.transferOwnership, { params, body: {} })
  await owner.api.refused('forbidden', members.removeMember, { params })
  await mia.api.ok(members.removeMember, { params: { workspaceId, userId: owner.id } })
  await soon(async () => {
    const { items } = (await mia.api.ok(workspaces.listWorkspaces)).body
    expect(items).toEqual([{ workspaceId, workspaceName: 'Harbour', role: 'owner' }])
  })
})

test('an invitation is listed without its address, and taken back', async () => {
  const [team, ines] = await Promise.all([newTeam(), newPerson('Ines')])
  const params = { workspaceId: team.workspaceId }
  const { api } = team.owner
  const { body } = await api.ok(invitations.invite, { params, body: { email: ines.email, role: 'member' } })
  const { items } = (await api.ok(invitations.listInvitations, { params })).body
  expect(items).toMatchObject([{ id: body.id, role: 'member', invitedBy: team.owner.id }])
  expect(JSON.stringify(items)).not.toContain(ines.email)
  const invitation = { params: { ...params, invitationId: body.id } }
  await api.ok(invitations.revokeInvitation, invitation)
  await api.refused('not-found', invitations.revokeInvitation, invitation)
  await ines.api.refused('not-found', invitations.getInvitation, invitation)
  await ines.api.refused('not-found', invitations.acceptInvitation, { ...invitation, body: {} })
})
