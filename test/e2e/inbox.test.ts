import { expect, test } from 'vitest'
import { batchTasks } from '../../shared/api/routes/jobs.ts'
import * as notifications from '../../shared/api/routes/notifications.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { mailLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const dayMs = 86_400_000

test('an assignment stands in the inbox of whom it concerns, with the story of its mail, and of nobody else', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, owner } = team
  await team.admit(ana, 'member')
  const task = await team.addTask({ title: 'Order the buoys', assigneeIds: [ana.id, owner.id] })
  const inbox = inboxOf(ana, workspaceId)
  const entry = await inbox.entry(({ kind }) => kind === 'assigned')
  expect(entry).toMatchObject({
    task: { id: task.id, key: task.key, title: task.title, projectId: team.projectId },
    by: { id: owner.id, name: owner.name },
    readAt: null,
  })
  await mailLike(ana.email, /Order the buoys/)
  const { story } = await inbox.story(entry.id, 'sent')
  expect(story.map(({ channel, state }) => `${channel} ${state}`)).toEqual([
    'inbox delivered',
    'mail scheduled',
    'mail claimed',
    'mail sent',
  ])
  expect(await inboxOf(owner, workspaceId).entries()).toEqual([])
  const params = { workspaceId, notificationId: entry.id }
  await owner.api.refused('not-found', notifications.getNotification, { params })

  const edit = (body: Record<string, unknown>) => ana.api.ok(notifications.editNotification, { params, body })
  expect((await edit({ read: true })).body.readAt).not.toBeNull()
  expect(await inbox.entries('unread')).toEqual([])
  await edit({ snoozedUntil: new Date(Date.now() + dayMs).toISOString() })
  expect(await inbox.entries('all')).toEqual([])
  expect((await inbox.entries('snoozed')).map(({ id }) => id)).toEqual([entry.id])
  await edit({ snoozedUntil: null, archived: true })
  expect((await inbox.entries('archived')).map(({ id }) => id)).toEqual([entry.id])
})

test('tasks that are assigned at once are one notice and one mail, and all is read up to an instant', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, owner } = team
  await team.admit(ana, 'member')
  const tasks = await Promise.all(['Ropes', 'Nets', 'Lamps'].map((title) => team.addTask({ title })))
  const patch = { assigneeIds: [ana.id] }
  const operations = tasks.map(({ id }) => ({ taskId: id, patch }))
  await owner.api.ok(batchTasks, { params: { workspaceId }, body: { operations } })
  const inbox = inboxOf(ana, workspaceId)
  const bulk = await inbox.entry(({ kind }) => kind === 'bulk')
  expect(bulk).toMatchObject({ count: 3, by: { id: owner.id } })
  await mailLike(ana.email, /assigned 3 tasks to you/)
  await team.addTask({ title: 'Fence', ...patch })
  const fence = await inbox.entry(({ kind }) => kind === 'assigned')
  await mailLike(ana.email, /Fence/)
  expect((await inbox.entries()).map(({ id }) => id)).toEqual([fence.id, bulk.id])
  expect((await mailsTo(ana.email)).filter(({ subject }) => /assigned/.test(subject))).toHaveLength(2)

  const upTo = { params: { workspaceId }, body: { before: fence.at } }
  await ana.api.ok(notifications.markNotificationsRead, upTo)
  expect((await inbox.entries('unread')).map(({ id }) => id)).toEqual([fence.id])
})

test('what a person has switched off is not mailed, and the story of the notice says so', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, projectId } = team
  await team.admit(ana, 'member')
  const params = { workspaceId }
  const body = { projects: { [projectId]: { assigned: { mail: false } } } }
  const chosen = await ana.api.ok(notifications.editNotificationPreferences, { params, body })
  expect(chosen.body.effective.kinds.assigned).toEqual({ inbox: true, mail: true })
  expect(chosen.body.effective.projects[projectId]?.assigned).toEqual({ inbox: true, mail: false })
  await team.addTask({ title: 'Quiet', assigneeIds: [ana.id] })
  const inbox = inboxOf(ana, workspaceId)
  const { id } = await inbox.entry(({ task }) => task?.title === 'Quiet')
  const { mail } = await inbox.story(id, 'suppressed')
  expect(mail.why).toBe('switched off in the preferences')

  await ana.api.ok(notifications.editNotificationPreferences, {
    params,
    body: { projects: { [projectId]: { assigned: { mail: null } } } },
  })
  await team.addTask({ title: 'Loud', assigneeIds: [ana.id] })
  await mailLike(ana.email, /Loud/)
  expect((await mailsTo(ana.email)).filter(({ subject }) => /Quiet/.test(subject))).toEqual([])
  await soon(async () => expect(await inbox.entries('unread')).toHaveLength(2))
})

test('who would be told of an edit, and how, is said before anything is written', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, owner } = team
  await team.admit(ana, 'member')
  const task = await team.addTask({ title: 'Maybe' })
  const body = { taskId: task.id, patch: { assigneeIds: [ana.id, owner.id] } }
  const { people, others } = (
    await owner.api.ok(notifications.previewNotifications, { params: { workspaceId }, body })
  ).body
  expect(people).toMatchObject([
    { user: { id: ana.id, name: 'Ana' }, kind: 'assigned', inbox: true, mail: 'now', why: null },
    { user: { id: owner.id }, inbox: false, mail: 'never', why: expect.stringMatching(/themselves/) },
  ])
  expect(others).toBe(0)
  const inbox = inboxOf(ana, workspaceId)
  await team.addTask({ title: 'Fence', assigneeIds: [ana.id] })
  await inbox.entry(({ task }) => task?.title === 'Fence')
  expect(await inbox.entries()).toHaveLength(1)
})
