import { afterAll, beforeAll, expect, test } from 'vitest'
import { addWatcher, removeWatcher } from '../../../shared/api/routes/watchers.ts'
import type { Someone } from '../../support/app.ts'
import { userOf } from '../../unit/domain/support/builders.ts'
import { type DetailTeam, startDetailTeam } from './detailTeam.ts'

let team: DetailTeam
beforeAll(async () => {
  team = await startDetailTeam()
})
afterAll(() => team.app.close())

const watch = (who: Someone, taskId: string, userId = '@me') =>
  team.app.call(who, addWatcher, { params: { workspaceId: team.workspaceId, taskId, userId }, body: {} })
const unwatch = (who: Someone, taskId: string, userId = '@me') =>
  team.app.call(who, removeWatcher, { params: { workspaceId: team.workspaceId, taskId, userId } })
const watchers = async (taskId: string) => (await team.read(taskId)).watcherIds

test('whoever may read a task may watch it, and stop; twice is once', async () => {
  const [member, guest] = [await team.colleague('member'), await team.colleague('guest')]
  const taskId = await team.addTask({ assigneeIds: [guest.userId] })
  for (const who of [member, guest]) expect((await watch(who, taskId)).status).toBe(200)
  const again = await watch(member, taskId)
  expect([again.status, again.body.watcherIds, again.body.version]).toEqual([
    200,
    [member.userId, guest.userId],
    3,
  ])
  expect((await unwatch(member, taskId)).status).toBe(204)
  expect((await unwatch(member, taskId)).status).toBe(204)
  expect(await watchers(taskId)).toEqual([guest.userId])
  expect((await team.read(taskId)).version).toBe(4)
})

test('others are for those who may edit the task', async () => {
  const [member, manager] = [await team.colleague('member'), await team.colleague('manager')]
  const taskId = await team.addTask()
  expect((await watch(member, taskId, manager.userId)).status).toBe(403)
  expect((await watch(manager, taskId, member.userId)).status).toBe(200)
  expect((await watch(manager, taskId)).status).toBe(200)
  expect((await unwatch(member, taskId, manager.userId)).status).toBe(403)
  expect((await unwatch(manager, taskId, member.userId)).status).toBe(204)
  // One's own id is as good as @me.
  expect((await watch(member, taskId, member.userId)).status).toBe(200)
  expect(await watchers(taskId)).toEqual([manager.userId, member.userId])
})

test('what one may not see, and who is nobody here, is not found', async () => {
  const guest = await team.colleague('guest')
  const taskId = await team.addTask()
  expect((await watch(guest, taskId)).status).toBe(404)
  expect((await watch(team.owner, taskId, userOf('stranger'))).status).toBe(404)
  expect((await watch(team.owner, taskId, 'ana')).status).toBe(404)
  const other = `${taskId.slice(0, -1)}${taskId.endsWith('0') ? '1' : '0'}`
  expect((await watch(team.owner, other)).status).toBe(404)
  expect((await team.read(taskId)).version).toBe(1)
})

test('thirty who begin at once all watch; the fifty-first is refused', async () => {
  const taskId = await team.addTask()
  const people = await Promise.all(Array.from({ length: 30 }, () => team.colleague('member')))
  const replies = await Promise.all(people.map((who) => watch(who, taskId)))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await watchers(taskId)).sort()).toEqual(people.map(({ userId }) => userId).sort())
  await team.fill(taskId, { watcherIds: Array.from({ length: 50 }, (_, n) => userOf(`${n}`)) })
  expect(await watch(team.owner, taskId)).toMatchObject({ status: 409 })
})
