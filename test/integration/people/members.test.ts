import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { acceptInvitation, invite } from '../../../shared/api/routes/invitations.ts'
import * as members from '../../../shared/api/routes/members.ts'
import { quickAdd } from '../../../shared/api/routes/quickAdd.ts'
import { editTask, getTask } from '../../../shared/api/routes/tasks.ts'
import { getTimer, startTimer } from '../../../shared/api/routes/time.ts'
import { createWorkspace, getWorkspace, listWorkspaces } from '../../../shared/api/routes/workspaces.ts'
import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { verdictOn } from '../../../shared/domain/notices/verdict.ts'
import type { Reply, Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, ...params } })
const to = (who: Someone, route: RouteDeclaration, userId: string, body?: object) =>
  call(who, route, { params: { userId }, ...(route.body !== undefined && { body: body ?? {} }) })
const suspend = (userId: string, who = team.owner) => to(who, members.suspendMember, userId)
const remove = (userId: string, who = team.owner) => to(who, members.removeMember, userId)
const plain = ({ status, body }: Reply) => ({ status, body: { ...body, requestId: '' } })
const timerOf = async (who: Someone) => (await call(who, getTimer, { params: { userId: '@me' } })).body.timer
const listed = async (who: Someone) => {
  const { items } = (await call(who, members.listMembers)).body
  return new Map<string, string>(items.map((one: Record<string, string>) => [one.userId, one.state]))
}
const letIn = async (who: Someone, role: string): Promise<void> => {
  const person = await team.app.stores.people.person(who.userId)
  const { body } = await call(team.owner, invite, { body: { email: person?.email, role } })
  const accepted = await call(who, acceptInvitation, { params: { invitationId: body.id }, body: {} })
  expect([accepted.status, accepted.body.role]).toEqual([200, role])
}

describe('who is suspended', () => {
  test('is answered as if there were no such workspace, and comes back as they were', async () => {
    const who = await team.colleague('manager')
    const taskId = await team.addTask()
    expect((await suspend(who.userId)).body).toMatchObject({ state: 'suspended', role: 'manager' })
    const stranger = await team.app.person('Sam Stranger')
    for (const [route, request] of [
      [getWorkspace, {}],
      [members.listMembers, {}],
      [getTask, { params: { taskId } }],
      [editTask, { params: { taskId }, body: { title: 'Mine' } }],
      [members.removeMember, { params: { userId: '@me' } }],
    ] as const) {
      const answer = await call(who, route, request)
      expect([route.name, answer.status]).toEqual([route.name, 404])
      expect(plain(answer)).toEqual(plain(await call(stranger, route, request)))
    }
    expect((await team.app.call(who, listWorkspaces)).body.items).toEqual([])
    expect((await to(team.owner, members.reinstateMember, who.userId)).status).toBe(200)
    expect((await call(who, editTask, { params: { taskId }, body: { title: 'Mine' } })).status).toBe(200)
    expect((await team.app.call(who, listWorkspaces)).body.items).toHaveLength(1)
  })

  test('is listed for those who may change it, and can be given nothing new', async () => {
    const [who, colleague] = [await team.app.person('Xenia'), await team.colleague('member')]
    await team.app.join(who, team.workspaceId, 'member', 'Xenia')
    const taskId = await team.addTask({ assigneeIds: [who.userId] })
    await suspend(who.userId)
    expect((await listed(team.owner)).get(who.userId)).toBe('suspended')
    expect((await listed(colleague)).has(who.userId)).toBe(false)
    expect((await listed(colleague)).get(team.owner.userId)).toBe('active')
    expect((await team.create({ title: 'New', assigneeIds: [who.userId] })).status).toBe(400)
    const line = { params: { projectId: team.projectId }, body: { text: 'Tea @xenia' } }
    expect((await call(team.owner, quickAdd, line)).status).toBe(400)
    expect((await team.read(taskId)).assigneeIds).toEqual([who.userId])
    await to(team.owner, members.reinstateMember, who.userId)
    expect((await call(team.owner, quickAdd, line)).status).toBe(200)
  })

  test('gets no mails of the workspace', async () => {
    const who = await team.colleague('member')
    const taskId = await team.addTask({ assigneeIds: [who.userId] })
    const common = { workspaceId: team.workspaceId, userId: who.userId, by: team.owner.userId }
    const at = new Date().toISOString()
    const isSent = async (notice: NoticeMessage) => (await verdictOn(notice, team.app.facts, at)).send
    const told = () =>
      Promise.all([
        isSent({ kind: 'assigned', ...common, taskId, version: 1, at }),
        isSent({ kind: 'bulk', ...common, bulkId: 'job_x', count: 3, at }),
      ])
    expect(await told()).toEqual([true, true])
    await suspend(who.userId)
    expect(await told()).toEqual([false, false])
    await remove(who.userId)
    expect(await told()).toEqual([false, false])
  })
})

describe('who has gone', () => {
  test.each(['removed', 'suspended'])('has no timer that runs: %s', async (way) => {
    const who = await team.colleague('member')
    const taskId = await team.addTask({ assigneeIds: [who.userId] })
    const started = await call(who, startTimer, { params: { taskId }, body: {} })
    expect(started.status).toBe(201)
    expect((await (way === 'removed' ? remove : suspend)(who.userId)).status).toBeLessThan(300)
    await team.app.drain()
    const { timeEntries, assigneeIds } = await team.read(taskId)
    expect(timeEntries).toMatchObject([{ id: started.body.id, userId: who.userId, minutes: 1 }])
    expect(assigneeIds).toEqual([who.userId])
    if (way === 'removed') await letIn(who, 'member')
    else await to(team.owner, members.reinstateMember, who.userId)
    expect(await timerOf(who)).toBeNull()
    expect((await call(who, startTimer, { params: { taskId }, body: {} })).status).toBe(201)
  })

  test('loses no timer that was started after coming back', async () => {
    const who = await team.colleague('member')
    await remove(who.userId)
    const records = await team.app.stream.read()
    team.app.clock.now = Date.now() + 2_000
    await letIn(who, 'member')
    const taskId = await team.addTask({ assigneeIds: [who.userId] })
    const { body } = await call(who, startTimer, { params: { taskId }, body: {} })
    await team.app.consume(records)
    await team.app.drain()
    expect(await timerOf(who)).toEqual({ taskId, timeEntryId: body.id })
  })

  test('is not found, and comes back by a new invitation with another role', async () => {
    const who = await team.colleague('manager')
    expect((await to(who, members.removeMember, '@me')).status).toBe(204)
    expect((await call(who, getWorkspace)).status).toBe(404)
    expect((await remove(who.userId)).status).toBe(404)
    expect((await listed(team.owner)).has(who.userId)).toBe(false)
    await letIn(who, 'guest')
    expect((await call(who, getWorkspace)).status).toBe(200)
    expect((await call(who, members.listMembers)).status).toBe(404)
  })
})

describe('an active owner', () => {
  test('always stays, whatever several do to one another at once', async () => {
    const made = await team.app.call(team.owner, createWorkspace, { body: { name: 'Race', zone: 'UTC' } })
    const workspaceId: string = made.body.id
    const owners = [team.owner]
    const act = (who: Someone, route: RouteDeclaration, userId: string, body: object = {}) =>
      team.app.call(who, route, {
        params: { workspaceId, userId },
        ...(route.body !== undefined && { body }),
      })
    for (let n = 0; n < 7; n++) {
      const who = await team.app.person(`Owner ${n}`)
      await team.app.join(who, workspaceId, 'member')
      expect((await act(team.owner, members.editMember, who.userId, { role: 'owner' })).status).toBe(200)
      owners.push(who)
    }
    for (let round = 0; round < 6; round++) {
      const replies = await Promise.all(
        owners.flatMap((who, n) => {
          const other = String(owners[(n + round + 1) % owners.length]?.userId)
          return [
            act(who, members.editMember, other, { role: 'member' }),
            act(who, members.suspendMember, other),
            act(who, members.removeMember, '@me'),
          ]
        }),
      )
      expect(replies.filter(({ status }) => status >= 500)).toEqual([])
      const { items } = await team.app.stores.workspaces.members(workspaceId, 100)
      const active = items.filter(({ role, state }) => role === 'owner' && state !== 'suspended')
      expect(active.length).toBeGreaterThan(0)
      const workspace = await team.app.stores.workspaces.workspace(workspaceId)
      expect(workspace?.owners).toBe(active.length)
    }
  })

  test('hands the workspace over and is an admin then', async () => {
    const made = await team.app.call(team.owner, createWorkspace, { body: { name: 'Heir', zone: 'UTC' } })
    const params = { workspaceId: made.body.id, userId: (await team.colleague('guest')).userId }
    await team.app.join({ userId: params.userId, token: '' }, params.workspaceId, 'guest')
    const request = { params, body: {} }
    const first = await team.app.call(team.owner, members.transferOwnership, request)
    expect([first.status, first.body.role, first.headers.etag]).toEqual([200, 'owner', '"2"'])
    const again = await team.app.call(team.owner, members.transferOwnership, request)
    expect([again.status, again.body]).toEqual([200, first.body])
    const suspended = await team.app.call(team.owner, members.suspendMember, request)
    expect(suspended.status).toBe(403)
    expect((await team.app.stores.workspaces.workspace(params.workspaceId))?.owners).toBe(1)
  })
})
