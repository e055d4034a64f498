import { expect, test } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as invitations from '../../shared/api/routes/invitations.ts'
import * as members from '../../shared/api/routes/members.ts'
import * as projects from '../../shared/api/routes/projects.ts'
import * as workspaces from '../../shared/api/routes/workspaces.ts'
import { freshAddress, mailLike, newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

test('who founds a workspace owns it, finds it in the list and renames it under its ETag', async () => {
  const { api } = await newPerson('Founder')
  const made = await api.ok(workspaces.createWorkspace, { body: { name: 'Dock', zone: 'Europe/Madrid' } })
  const { id } = made.body
  expect(made.headers.get('location')).toBe(`/v1/workspaces/${id}`)
  const params = { workspaceId: id }
  const read = await api.ok(workspaces.getWorkspace, { params })
  expect(read.body).toEqual(made.body)
  expect(read.body.allowedActions).toEqual(expect.arrayContaining(['workspace.edit', 'member.invite']))
  const headers = { 'if-match': String(read.headers.get('etag')) }
  const renamed = await api.ok(workspaces.editWorkspace, { params, headers, body: { name: 'Harbour' } })
  expect(renamed.body).toMatchObject({ name: 'Harbour', zone: 'Europe/Madrid' })
  await api.refused('precondition-failed', workspaces.editWorkspace, {
    params,
    headers,
    body: { name: 'Late' },
  })
  await soon(async () => {
    const { items } = (await api.ok(workspaces.listWorkspaces)).body
    expect(items).toEqual([{ workspaceId: id, workspaceName: 'Harbour', role: 'owner' }])
  })
})

test('an invitation is mailed, read and accepted by the invited address alone, once', async () => {
  const [team, guest, stranger] = await Promise.all([newTeam(), newPerson('Ines'), newPerson('Stranger')])
  const { workspaceId, owner } = team
  const { body: invited } = await owner.api.ok(invitations.invite, {
    params: { workspaceId },
    body: { email: guest.email.toUpperCase(), role: 'manager' },
  })
  const mail = await mailLike(guest.email, /invites you to Harbour/)
  expect(mail.text).toContain(owner.name)
  expect(mail.html).toContain(invited.id)
  const params = { workspaceId, invitationId: invited.id }
  await stranger.api.refused('not-found', invitations.getInvitation, { params })
  await stranger.api.refused('not-found', invitations.acceptInvitation, { params, body: {} })
  const { body } = await guest.api.ok(invitations.getInvitation, { params })
  expect(body).toEqual(invited)
  expect(JSON.stringify(body)).not.toContain(guest.email)
  const joined = await guest.api.ok(invitations.acceptInvitation, { params, body: {} })
  expect(joined.body).toEqual({ workspaceId, workspaceName: 'Harbour', role: 'manager' })
  const again = await guest.api.ok(invitations.acceptInvitation, { params, body: {} })
  expect(again.body).toEqual(joined.body)
  const { items } = (await owner.api.ok(members.listMembers, { params: { workspaceId } })).body
  expect(items.map(({ userId, role }) => [userId, role]).sort()).toEqual(
    [
      [owner.id, 'owner'],
      [guest.id, 'manager'],
    ].sort(),
  )
})

test('twenty acceptances of one invitation at once make one member', async () => {
  const [team, guest] = await Promise.all([newTeam(), newPerson('Eager')])
  const { workspaceId, owner } = team
  const { body } = await owner.api.ok(invitations.invite, {
    params: { workspaceId },
    body: { email: guest.email, role: 'member' },
  })
  const params = { workspaceId, invitationId: body.id }
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => guest.api.send(invitations.acceptInvitation, { params, body: {} })),
  )
  expect(replies.some(({ status }) => status === 200)).toBe(true)
  expect(replies.filter(({ status }) => status >= 500)).toEqual([])
  const { items } = (await owner.api.ok(members.listMembers, { params: { workspaceId } })).body
  expect(items.filter(({ userId }) => userId === guest.id)).toHaveLength(1)
})

test('inviting an address answers the same whether or not it has an account', async () => {
  const [team, known] = await Promise.all([newTeam(), newPerson('Known')])
  const shapes = await Promise.all(
    [known.email, freshAddress('unknown')].map(async (email) => {
      const request = { params: { workspaceId: team.workspaceId }, body: { email, role: 'guest' } }
      const { id, createdAt, expiresAt, ...rest } = (await team.owner.api.ok(invitations.invite, request))
        .body
      return { rest, validMs: Date.parse(expiresAt) - Date.parse(createdAt), kind: id.slice(0, 4) }
    }),
  )
  expect(shapes[0]).toEqual(shapes[1])
  expect(shapes[0]?.validMs).toBe(14 * 86_400_000)
})

test('roles: each may do what the role allows, and learns of nothing more', async () => {
  const [team, ...people] = await Promise.all([
    newTeam(),
    newPerson('Admin'),
    newPerson('Manager'),
    newPerson('Member'),
    newPerson('Guest'),
  ])
  const { workspaceId, projectId } = team
  const roles = ['admin', 'manager', 'member', 'guest'] as const
  await Promise.all(people.map((person, index) => team.admit(person, roles[index] ?? 'guest')))
  const params = { workspaceId }
  const tries = [
    { route: workspaces.editWorkspace, params, body: { name: 'Pier' } },
    { route: invitations.invite, params, body: { email: freshAddress('x'), role: 'guest' } },
    { route: projects.createProject, params, body: { name: 'Mine', key: '' } },
    { route: members.listMembers, params },
    { route: projects.getProject, params: { workspaceId, projectId } },
    { route: projects.getStatistics, params },
  ]
  const statuses = await Promise.all(
    people.map(({ api }, index) =>
      Promise.all(
        tries.map(async ({ route, body, ...request }) => {
          const own = body !== undefined && 'key' in body ? { ...body, key: `R${index}` } : body
          return (await api.send(route, { ...request, ...(own !== undefined && { body: own }) })).status
        }),
      ),
    ),
  )
  expect(statuses).toEqual([
    [200, 201, 201, 200, 200, 200],
    [403, 403, 201, 200, 200, 200],
    [403, 403, 403, 200, 200, 200],
    [403, 404, 404, 404, 404, 404],
  ])
})

test('only owners make owners, and the last one stays, even under two demotions at once', async () => {
  const [team, second, admin] = await Promise.all([newTeam(), newPerson('Second'), newPerson('Admin')])
  const { owner, workspaceId } = team
  await Promise.all([team.admit(second, 'member'), team.admit(admin, 'admin')])
  const roleOf = (userId: string, role: string) => ({ params: { workspaceId, userId }, body: { role } })
  await owner.api.refused('conflict', members.editMember, roleOf(owner.id, 'member'))
  await admin.api.refused('forbidden', members.editMember, roleOf(second.id, 'owner'))
  await owner.api.ok(members.editMember, roleOf(second.id, 'owner'))
  const demotions = await Promise.all([
    owner.api.send(members.editMember, roleOf(second.id, 'member')),
    second.api.send(members.editMember, roleOf(owner.id, 'member')),
  ])
  expect(demotions.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  const { items } = (await admin.api.ok(members.listMembers, { params: { workspaceId } })).body
  expect(items.filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('a project is read, edited and listed page by page; its key is unique in the workspace', async () => {
  const { owner, workspaceId, projectId } = await newTeam()
  const { api } = owner
  const params = { workspaceId }
  await api.refused('conflict', projects.createProject, { params, body: { name: 'Other', key: 'OPS' } })
  for (const key of ['SALES', 'LAW']) {
    await api.ok(projects.createProject, { params, body: { name: `Project ${key}`, key } })
  }
  const edited = await api.ok(projects.editProject, {
    params: { workspaceId, projectId },
    body: { description: 'Runs the ships' },
  })
  expect(edited.body).toMatchObject({ key: 'OPS', name: 'Operations', description: 'Runs the ships' })
  expect((await api.ok(projects.getProject, { params: { workspaceId, projectId } })).body).toEqual(
    edited.body,
  )
  const keys: string[] = []
  let query: Record<string, string> | undefined = { limit: '1' }
  while (query !== undefined) {
    const page: { items: { key: string }[]; next?: string | undefined } = (
      await api.ok(projects.listProjects, { params, query })
    ).body
    keys.push(...page.items.map(({ key }) => key))
    query =
      page.next === undefined ? undefined : Object.fromEntries(new URL(page.next, 'http://x').searchParams)
  }
  expect(keys.sort()).toEqual(['LAW', 'OPS', 'SALES'])
})

test('a new name of a person is seen by the members', async () => {
  const team = await newTeam()
  await team.owner.api.ok(account.editMe, { body: { name: 'Olga Renamed' } })
  await soon(async () => {
    const { items } = (
      await team.owner.api.ok(members.listMembers, { params: { workspaceId: team.workspaceId } })
    ).body
    expect(items[0]?.name).toBe('Olga Renamed')
  })
})
