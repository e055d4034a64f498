import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteDeclaration } from '../../../shared/api/declaration.ts'
import { explainPermissions } from '../../../shared/api/routes/access.ts'
import { undoChange } from '../../../shared/api/routes/life.ts'
import { removeMember } from '../../../shared/api/routes/members.ts'
import { shareTask, unshareTask } from '../../../shared/api/routes/shares.ts'
import * as tasks from '../../../shared/api/routes/tasks.ts'
import type { Request, Someone } from '../../support/app.ts'
import { type DetailTeam, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let member: Someone
let guest: Someone
let taskId: string

beforeAll(async () => {
  team = await startDetailTeam()
  member = await team.colleague('member')
})
afterAll(() => team.app.close())
beforeEach(async () => {
  guest = await team.colleague('guest')
  taskId = await team.addTask()
})

const call = (who: Someone, route: RouteDeclaration, { params, ...request }: Request = {}) =>
  team.app.call(who, route, { ...request, params: { workspaceId: team.workspaceId, taskId, ...params } })
const share = (level: string, who = team.owner, userId = guest.userId) =>
  call(who, shareTask, { params: { userId }, body: { level } })
const sharedWithGuest = async (): Promise<string[]> => {
  await team.app.drain()
  const params = { workspaceId: team.workspaceId, userId: '@me' }
  const { body } = await team.app.call(guest, tasks.listSharedTasks, { params })
  return body.items.map(({ id }: { id: string }) => id)
}
const edit = { body: { title: 'By the guest' } }

describe('a task that is shared', () => {
  test('to look at is seen and listed, and not changed', async () => {
    expect((await call(guest, tasks.getTask)).status).toBe(404)
    expect((await share('view')).body.shares).toEqual([{ userId: guest.userId, level: 'view' }])
    const seen = await call(guest, tasks.getTask)
    expect([seen.status, seen.body.allowedActions]).toEqual([200, ['task.read']])
    expect((await call(guest, tasks.listTaskHistory)).status).toBe(200)
    expect((await call(guest, tasks.editTask, edit)).status).toBe(403)
    expect(await sharedWithGuest()).toEqual([taskId])
  })

  test('to work on is edited and completed, and neither deleted nor shared on', async () => {
    await share('edit')
    expect((await call(guest, tasks.editTask, edit)).body.title).toBe('By the guest')
    expect((await call(guest, tasks.completeTask, { body: {} })).status).toBe(200)
    expect((await call(guest, tasks.deleteTask)).status).toBe(403)
    expect((await share('edit', guest, member.userId)).status).toBe(403)
    const assigning = { body: { assigneeIds: [guest.userId] } }
    expect((await call(guest, tasks.editTask, assigning)).status).toBe(403)
  })

  test('is gone for the person at once when it is not any more', async () => {
    await share('edit')
    expect((await call(team.owner, unshareTask, { params: { userId: guest.userId } })).status).toBe(204)
    expect((await call(guest, tasks.getTask)).status).toBe(404)
    expect(await sharedWithGuest()).toEqual([])
  })

  test('is there again for somebody who has left and comes back, since it says that it is', async () => {
    await share('view')
    const params = { workspaceId: team.workspaceId, userId: guest.userId }
    await team.app.call(team.owner, removeMember, { params })
    expect((await call(guest, tasks.getTask)).status).toBe(404)
    expect((await team.app.call(guest, tasks.listSharedTasks, { params })).status).toBe(404)
    await team.app.drain()
    team.app.clock.now += 60_000
    await team.app.join(guest, team.workspaceId, 'guest')
    const { status, body } = await call(guest, tasks.getTask)
    expect([status, body.shares]).toEqual([200, [{ userId: guest.userId, level: 'view' }]])
  })

  test('lets see no other', async () => {
    await share('edit')
    const other = await team.addTask()
    expect((await call(guest, tasks.getTask, { params: { taskId: other } })).status).toBe(404)
    const listed = { workspaceId: team.workspaceId, projectId: team.projectId }
    expect((await team.app.call(guest, tasks.listProjectTasks, { params: listed })).status).toBe(404)
  })
})

describe('sharing', () => {
  test('is for those whose own the task is, and for managers', async () => {
    expect((await share('view', member)).status).toBe(403)
    const own = (await team.create({ title: 'Mine' }, team.projectId, {}, member)).body.id
    const params = { taskId: own, userId: guest.userId }
    expect((await call(member, shareTask, { params, body: { level: 'view' } })).status).toBe(200)
  })

  test('is with members alone, with twenty at most', async () => {
    const stranger = await team.app.person('Sam Stranger')
    expect((await share('view', team.owner, stranger.userId)).status).toBe(404)
    const crowd = Array.from({ length: 20 }, (_, n) => [`${n}`, 'view'] as const)
    await team.fill(taskId, { shares: Object.fromEntries(crowd) })
    expect((await share('view')).status).toBe(409)
  })

  test('stands in the history, and is undone by those who may share', async () => {
    const { body } = await share('view')
    await team.app.drain()
    const undo = { body: { version: body.version } }
    expect((await call(member, undoChange, undo)).status).toBe(403)
    expect((await call(team.owner, undoChange, undo)).body.shares).toEqual([])
  })

  test('is not brought back by an undo for somebody who has left since', async () => {
    await share('edit')
    await call(team.owner, unshareTask, { params: { userId: guest.userId } })
    await team.app.drain()
    const { version } = await team.read(taskId)
    const params = { workspaceId: team.workspaceId, userId: guest.userId }
    expect((await team.app.call(team.owner, removeMember, { params })).status).toBe(204)
    expect((await call(team.owner, undoChange, { body: { version } })).status).toBe(409)
    expect((await team.read(taskId)).shares).toEqual([])
  })

  test('is what an explanation names', async () => {
    await share('edit')
    const explained = async (action: string) => {
      const query = { action, taskId, userId: guest.userId }
      const params = { workspaceId: team.workspaceId }
      return (await team.app.call(team.owner, explainPermissions, { params, query })).body
    }
    expect(await explained('task.edit')).toMatchObject({ allowed: true, from: 'share' })
    expect(await explained('task.delete')).toMatchObject({ allowed: false, from: 'workspace', rule: 'none' })
  })
})
