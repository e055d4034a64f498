import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { delegateTask, listTaskHistory } from '../../../shared/api/routes/tasks.ts'
import type { Someone } from '../../support/app.ts'
import { type DetailTeam, ifMatch, startDetailTeam } from '../details/detailTeam.ts'

let team: DetailTeam
let ana: Someone
let ben: Someone
let manager: Someone
let guest: Someone
let taskId: string

beforeAll(async () => {
  team = await startDetailTeam()
  ana = await team.colleague('member')
  ben = await team.colleague('member')
  manager = await team.colleague('manager')
  guest = await team.colleague('guest')
})
afterAll(() => team.app.close())
beforeEach(async () => {
  taskId = await team.addTask({ assigneeIds: [ana.userId, guest.userId] })
  await team.app.drain()
  team.app.notices.length = 0
})

const delegate = (who: Someone, body: object, headers: Record<string, string> = {}) =>
  team.app.call(who, delegateTask, { params: { workspaceId: team.workspaceId, taskId }, body, headers })
const assignees = async () => (await team.read(taskId)).assigneeIds

describe('an assignment', () => {
  test('is handed on, in its place, and whoever has it now is told', async () => {
    const { status, body } = await delegate(ana, { to: ben.userId, note: 'You have the key' })
    expect([status, body.assigneeIds]).toEqual([200, [ben.userId, guest.userId]])
    await team.app.drain()
    expect(team.app.notices).toMatchObject([{ kind: 'assigned', userId: ben.userId, by: ana.userId }])
  })

  test('leaves the chain of hands in the history, with the notes', async () => {
    await delegate(ana, { to: ben.userId, note: 'One' })
    await delegate(ben, { to: manager.userId, note: 'Two' })
    await team.app.drain()
    const params = { workspaceId: team.workspaceId, taskId }
    const { body } = await team.app.call(team.owner, listTaskHistory, { params })
    const chain = body.items.flatMap(({ cause }: { cause: object | null }) => cause ?? [])
    expect(chain).toEqual([
      { kind: 'delegated', from: ben.userId, to: manager.userId, note: 'Two' },
      { kind: 'delegated', from: ana.userId, to: ben.userId, note: 'One' },
    ])
  })

  test('goes to somebody who has the task already by becoming one', async () => {
    await delegate(ana, { to: guest.userId })
    expect(await assignees()).toEqual([guest.userId])
  })

  test('of somebody else is handed on by managers, and by nobody else', async () => {
    expect((await delegate(ben, { from: ana.userId, to: ben.userId })).status).toBe(403)
    expect((await delegate(ana, { from: guest.userId, to: ben.userId })).status).toBe(403)
    expect((await delegate(guest, { to: ben.userId })).status).toBe(403)
    expect(await assignees()).toEqual([ana.userId, guest.userId])
    expect((await delegate(manager, { from: ana.userId, to: ben.userId })).status).toBe(200)
  })

  test('is handed on once for one Idempotency-Key, and only by who has it', async () => {
    const key = { 'Idempotency-Key': 'once' }
    const first = await delegate(ana, { to: ben.userId }, key)
    const again = await delegate(manager, { from: ana.userId, to: ben.userId })
    expect([again.status, again.body.errors?.[0]?.pointer]).toEqual([400, '/from'])
    const repeated = await delegate(ana, { to: ben.userId }, key)
    expect([repeated.status, repeated.body]).toEqual([200, first.body])
    expect(await assignees()).toEqual([ben.userId, guest.userId])
  })

  test('is not handed to strangers, to oneself, or over a version that nobody expected', async () => {
    const stranger = await team.app.person('Sam Stranger')
    const pointer = async (body: object) => (await delegate(ana, body)).body.errors?.[0]?.pointer
    expect(await pointer({ to: stranger.userId })).toBe('/to')
    expect(await pointer({ to: ana.userId })).toBe('/to')
    expect(await pointer({ to: ben.userId, note: 'x'.repeat(1_001) })).toBe('/note')
    expect((await delegate(ana, { to: ben.userId }, ifMatch(7))).status).toBe(412)
    expect(await assignees()).toEqual([ana.userId, guest.userId])
  })
})
