import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import { refreshCookieName } from '../../shared/api/refreshCookie.ts'
import * as access from '../../shared/api/routes/access.ts'
import { getMe } from '../../shared/api/routes/account.ts'
import * as attachments from '../../shared/api/routes/attachments.ts'
import * as groups from '../../shared/api/routes/groups.ts'
import * as invitations from '../../shared/api/routes/invitations.ts'
import * as members from '../../shared/api/routes/members.ts'
import { changePassword } from '../../shared/api/routes/passwords.ts'
import { createProject, getProject } from '../../shared/api/routes/projects.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import * as shares from '../../shared/api/routes/shares.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import * as tokens from '../../shared/api/routes/tokens.ts'
import { type Api, apiFor, type Request } from '../support/e2e/api.ts'
import { freshPassword, mailsLike, mailsTo, newPerson, type Person, signIn } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'
import { type Revoked, revokedUnderLoad } from '../support/e2e/underLoad.ts'
import { sendFile } from '../support/files/sendFile.ts'

/** What is read by an index, or was handed out before, has this long. */
const withinMs = 5_000

const figures: Revoked[] = []
afterAll(() => {
  console.table(Object.fromEntries(figures.map(({ channel, ...figure }) => [channel, figure])))
})

let team: Team
beforeAll(async () => {
  team = await newTeam()
})

type Probe = readonly [Api, RouteDeclaration, Request?]

/** Takes a right away under load: no request that begins after it was taken away is answered any more. */
const expectRevoked = async (
  channel: string,
  [api, route, request]: Probe,
  revoke: () => Promise<unknown>,
  refusal: number,
): Promise<void> => {
  const probe = async () => (await api.send(route, request)).status
  const figure = await revokedUnderLoad(channel, probe, revoke)
  figures.push(figure)
  expect(figure).toMatchObject({ late: 0, lateMs: 0, statuses: [refusal] })
}

const again = async (person: Person) => ({ ...(await signIn(person)), login: person })
const inTeam = <More extends Record<string, string>>(more: More = {} as More) => ({
  workspaceId: team.workspaceId,
  ...more,
})
const joined = async (name: string, role: 'admin' | 'manager' | 'member' | 'guest'): Promise<Person> => {
  const person = await newPerson(name)
  await team.admit(person, role)
  return person
}
const idOfSession = async (api: Api): Promise<string> =>
  soon(async () => {
    const { items } = (await api.ok(sessions.listSessions)).body
    const current = items.find((one) => one.current)
    if (current === undefined) throw new Error('the list trails')
    return current.id
  })

describe('a session that is ended', () => {
  test('alone, from another device, answers no more', async () => {
    const person = await newPerson('Sina')
    const phone = await again(person)
    const params = { sessionId: await idOfSession(phone.api) }
    const end = () => person.api.ok(sessions.endSession, { params })
    await expectRevoked('session: access token', [phone.api, getMe], end, 401)
  })

  test('with all others, and by a changed password, answers no more', async () => {
    const person = await newPerson('Sira')
    const [one, two] = [await again(person), await again(person)]
    const newPassword = freshPassword()
    const body = { currentPassword: person.password, newPassword }
    const change = () => one.api.ok(changePassword, { body })
    await expectRevoked('changed password: access token', [two.api, getMe], change, 401)
    const everywhere = () => one.api.ok(sessions.signOutEverywhere, { body: {} })
    await expectRevoked('sign-out everywhere: access token', [one.api, getMe], everywhere, 401)
  })

  test('refreshes no more, neither by the token nor by the cookie', async () => {
    const person = await newPerson('Reto')
    const phone = await again(person)
    const request = { body: { refreshToken: phone.refreshToken } }
    const end = () => phone.api.ok(sessions.signOut, { body: {} })
    await expectRevoked('session: refresh token', [apiFor(), sessions.refresh, request], end, 401)
    const { email, password } = person
    const sameOrigin = { 'sec-fetch-site': 'same-origin' }
    const browser = await apiFor().ok(sessions.signIn, {
      body: { email, password, refreshTokenIn: 'cookie' },
      headers: sameOrigin,
    })
    const cookie = browser.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect(cookie).toContain(refreshCookieName)
    const withCookie = { body: {}, headers: { ...sameOrigin, cookie } }
    const out = () => apiFor(browser.body.accessToken).ok(sessions.signOutEverywhere, { body: {} })
    await expectRevoked('session: refresh cookie', [apiFor(), sessions.refresh, withCookie], out, 401)
  })
})

describe('a personal access token', () => {
  const make = async (person: Person) => {
    const body = { name: 'CI', scopes: ['tasks:read', 'account:read'], expiresInDays: 1 }
    return (await person.api.ok(tokens.createToken, { body })).body
  }

  test('that is revoked answers no more', async () => {
    const person = await newPerson('Tom')
    const { id, token } = await make(person)
    const revoke = () => person.api.ok(tokens.revokeToken, { params: { tokenId: id } })
    await expectRevoked('token: revoked', [apiFor(token), getMe], revoke, 401)
  })

  test('answers no more once its person has left or signed out everywhere', async () => {
    const person = await joined('Tara', 'member')
    const { token } = await make(person)
    const { id: taskId } = await team.addTask({ title: 'For tokens' })
    const probe: Probe = [apiFor(token), tasks.getTask, { params: inTeam({ taskId }) }]
    const leave = () => person.api.ok(members.removeMember, { params: inTeam({ userId: '@me' }) })
    await expectRevoked('token: membership', probe, leave, 404)
    const out = () => person.api.ok(sessions.signOutEverywhere, { body: {} })
    await expectRevoked('token: sign-out everywhere', [apiFor(token), getMe], out, 401)
  })
})

describe('a membership', () => {
  test('that is suspended or removed answers no more', async () => {
    const person = await joined('Mika', 'member')
    const { id: taskId } = await team.addTask({ title: 'For members' })
    const probe: Probe = [person.api, tasks.getTask, { params: inTeam({ taskId }) }]
    const params = inTeam({ userId: person.id })
    const suspend = () => team.owner.api.ok(members.suspendMember, { params, body: {} })
    await expectRevoked('membership: suspended', probe, suspend, 404)
    await team.owner.api.ok(members.reinstateMember, { params, body: {} })
    const remove = () => team.owner.api.ok(members.removeMember, { params })
    await expectRevoked('membership: removed', probe, remove, 404)
  })

  test('with a weaker role answers as that role', async () => {
    const person = await joined('Rosa', 'admin')
    const probe: Probe = [person.api, invitations.listInvitations, { params: inTeam() }]
    const demote = () =>
      team.owner.api.ok(members.editMember, {
        params: inTeam({ userId: person.id }),
        body: { role: 'member' },
      })
    await expectRevoked('role in the workspace', probe, demote, 403)
  })

  test('with a weaker role in a project does not know the project any more', async () => {
    const person = await joined('Pia', 'guest')
    const project = await team.owner.api.ok(createProject, {
      params: inTeam(),
      body: { name: 'Secret', key: 'SEC' },
    })
    const params = inTeam({ projectId: project.body.id, userId: person.id })
    await team.owner.api.ok(access.setProjectRole, { params, body: { role: 'manager' } })
    const { userId: _, ...place } = params
    const probe: Probe = [person.api, getProject, { params: place }]
    const take = () => team.owner.api.ok(access.removeProjectRole, { params })
    await expectRevoked('role in a project', probe, take, 404)
  })
})

test('a task that is assigned to a group is not there for who is taken out of it', async () => {
  const person = await joined('Gero', 'guest')
  const { api } = team.owner
  const group = await api.ok(groups.createGroup, { params: inTeam(), body: { name: 'Painters' } })
  const params = inTeam({ groupId: group.body.id, userId: person.id })
  await api.ok(groups.addGroupMember, { params, body: {} })
  const { id: taskId } = await team.addTask({ title: 'For the group', assigneeGroupIds: [group.body.id] })
  const probe: Probe = [person.api, tasks.getTask, { params: inTeam({ taskId }) }]
  const take = () => api.ok(groups.removeGroupMember, { params })
  await expectRevoked('group', probe, take, 404)
})

describe('a task that is shared', () => {
  test('is not there any more once it is shared no longer, and goes from the list', async () => {
    const person = await joined('Gina', 'guest')
    const { id: taskId } = await team.addTask({ title: 'Shared' })
    const params = inTeam({ taskId, userId: person.id })
    await team.owner.api.ok(shares.shareTask, { params, body: { level: 'edit' } })
    const mine = { params: inTeam({ userId: '@me' }) }
    const listed = async () => (await person.api.ok(tasks.listSharedTasks, mine)).body.items.length
    await soon(async () => expect(await listed()).toBe(1))
    const unshare = () => team.owner.api.ok(shares.unshareTask, { params })
    const probe: Probe = [person.api, tasks.getTask, { params: inTeam({ taskId }) }]
    await expectRevoked('share', probe, unshare, 404)
    await team.owner.api.ok(shares.shareTask, { params, body: { level: 'view' } })
    await soon(async () => expect(await listed()).toBe(1))
    // The list follows the writes: an empty page is its refusal.
    const list = async () => ((await listed()) > 0 ? 200 : 404)
    const figure = await revokedUnderLoad('share: list', list, unshare)
    figures.push(figure)
    expect(figure.lateMs).toBeLessThan(withinMs)
  })
})

test('an invitation that is taken back is not there any more, nor accepted', async () => {
  const person = await newPerson('Ivo')
  const { body } = await team.owner.api.ok(invitations.invite, {
    params: inTeam(),
    body: { email: person.email, role: 'member' },
  })
  const params = inTeam({ invitationId: body.id })
  const take = () => team.owner.api.ok(invitations.revokeInvitation, { params })
  await expectRevoked('invitation', [person.api, invitations.getInvitation, { params }], take, 404)
  await person.api.refused('not-found', invitations.acceptInvitation, { params, body: {} })
})

const downloads = requires('files-upload', 'files-copy', 'files-download', 'files-origin')
downloads('a file is not offered any more, and an offer that was made ends within five seconds', async () => {
  const person = await joined('Filo', 'member')
  const { id: taskId } = await team.addTask({ title: 'With a file' })
  const { api } = team.owner
  const file = { name: 'a.txt', mediaType: 'text/plain', size: 5 }
  const offer = await api.ok(attachments.offerAttachment, { params: inTeam({ taskId }), body: file })
  const { attachmentId, upload, ticket } = offer.body
  await sendFile(upload.url, { method: 'PUT', headers: upload.headers, body: 'hello' })
  const params = inTeam({ taskId, attachmentId })
  await api.ok(attachments.completeAttachment, { params, body: { ticket } })

  const member = inTeam({ userId: person.id })
  const { url } = (await person.api.ok(attachments.downloadAttachment, { params })).body
  const load = async () => {
    const response = await sendFile(url)
    await response.arrayBuffer()
    return response.status
  }
  const suspend = () => api.ok(members.suspendMember, { params: member, body: {} })
  const figure = await revokedUnderLoad('download: address', load, suspend)
  figures.push(figure)
  expect(figure.statuses).toContain(403)
  expect(figure.lateMs).toBeLessThan(withinMs)

  await api.ok(members.reinstateMember, { params: member, body: {} })
  const remove = () => api.ok(members.removeMember, { params: member })
  const probe: Probe = [person.api, attachments.downloadAttachment, { params }]
  await expectRevoked('download: offer', probe, remove, 404)
})

test('a mail that waits in the queue is not sent any more', async () => {
  const [mia, ben] = await Promise.all([joined('Mia', 'member'), joined('Ben', 'member')])
  const assign = (title: string, ...people: Person[]) =>
    team.addTask({ title, assigneeIds: people.map(({ id }) => id) })
  await assign('Told', mia)
  await mailsLike(mia.email, /Told/)
  await Promise.all(Array.from({ length: 40 }, (_, n) => assign(`Waiting ${n}`, mia)))
  await team.owner.api.ok(members.removeMember, { params: inTeam({ userId: mia.id }) })
  const acknowledged = Date.now()
  // Behind all of hers: once it has come, so have they.
  await assign('Last', ben)
  await mailsLike(ben.email, /Last/)
  const mails = await mailsTo(mia.email)
  const told = mails.filter(({ subject, text }) => /Waiting \d+/.test(subject + text))
  const late = told.map(({ sentAt }) => sentAt * 1000 - acknowledged).filter((ms) => ms > 0)
  figures.push({
    channel: 'mail in the queue',
    answers: told.length,
    asked: 40,
    late: late.length,
    lateMs: Math.max(0, ...late),
    statuses: [],
  })
  // All of them are on their way when she is removed, and are looked at once more before they are sent.
  expect(told.length).toBeLessThan(40)
  expect(Math.max(0, ...late)).toBeLessThan(withinMs)
})
