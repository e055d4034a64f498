import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { removeMember, suspendMember } from '../../../shared/api/routes/members.ts'
import { editNotificationPreferences } from '../../../shared/api/routes/notifications.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import { preferencesStore } from '../../../shared/data/stores/preferences.ts'
import { leaveAll } from '../../../shared/domain/account/leaving.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'
import { succeed } from '../../support/ordinary/team.ts'

let app: App
let owner: Someone
let ana: Someone
let workspaceId: string

beforeAll(async () => {
  app = await startApp()
  owner = await app.person('Olga')
  workspaceId = (await succeed(app, owner, createWorkspace, { body: { name: 'W' } })).body.id
}, 60_000)
afterAll(() => app.close())

const choose = (body: object = { mailWindow: 'hourly' }) =>
  succeed(app, ana, editNotificationPreferences, { params: { workspaceId }, body })
const chosen = async () => (await preferencesStore(app.table).preferences(workspaceId, ana.userId))?.own
const params = () => ({ workspaceId, userId: ana.userId })

beforeEach(async () => {
  ana = await app.person('Ana')
  await app.join(ana, workspaceId, 'member', 'Ana')
  app.clock.now += 1_000
  await choose()
  await app.drain()
  expect(await chosen()).toEqual({ mailWindow: 'hourly' })
})

test('what somebody has chosen goes when they leave the workspace', async () => {
  await succeed(app, owner, removeMember, { params: params() })
  await app.drain()
  expect(await chosen()).toBeUndefined()
})

test('it stays while somebody is suspended', async () => {
  await succeed(app, owner, suspendMember, { params: params() })
  await app.drain()
  expect(await chosen()).toEqual({ mailWindow: 'hourly' })
})

test('what somebody chooses who has come back stays, however late it is told that they had left', async () => {
  await succeed(app, owner, removeMember, { params: params() })
  app.clock.now += 1_000
  await app.join(ana, workspaceId, 'member', 'Ana')
  app.clock.now += 1_000
  await choose({ mailWindow: 'daily' })
  await app.drain()
  expect((await chosen())?.mailWindow).toBe('daily')
})

test('what was chosen before is not there for somebody who comes back', async () => {
  await succeed(app, owner, removeMember, { params: params() })
  app.clock.now += 1_000
  await app.join(ana, workspaceId, 'member', 'Ana')
  await app.drain()
  expect(await chosen()).toBeUndefined()
})

test('a choice that is written while somebody leaves goes by its own record', async () => {
  await succeed(app, owner, removeMember, { params: params() })
  await app.drain()
  const now = new Date(app.clock.now).toISOString()
  const late = { workspaceId, userId: ana.userId, own: {}, updatedAt: now, version: 1 }
  expect((await preferencesStore(app.table).write(late)).won).toBe(true)
  await app.drain()
  expect(await chosen()).toBeUndefined()
})

test('it goes with the account, which leaves every workspace', async () => {
  await leaveAll(ana.userId, app.stores.workspaces, new Date(app.clock.now).toISOString())
  await app.drain()
  expect(await chosen()).toBeUndefined()
})
