import { expect } from 'vitest'
import { editMe } from '../../shared/api/routes/account.ts'
import * as notifications from '../../shared/api/routes/notifications.ts'
import { nextMinute, wallTime } from '../support/e2e/clock.ts'
import { inboxOf } from '../support/e2e/inbox.ts'
import { mailLike, mailsTo, newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam } from '../support/e2e/team.ts'

const zone = 'Asia/Kathmandu'
const patienceMs = 150_000
/** Longer than a busy machine takes to set everything up. */
const setUpMs = 30_000
const hourMs = 3_600_000

requires(
  'schedule-rate',
  'mail-read',
  'table-index-range',
)(
  'mails of quiet hours wait for their end and leave as one, without what was read; what is urgent passes',
  async () => {
    const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
    const { workspaceId } = team
    await team.admit(ana, 'member')
    await ana.api.ok(editMe, { body: { zone } })
    const end = nextMinute(Date.now() + setUpMs)
    const timeOfDay = (instant: number) => wallTime(instant, zone).slice(11, 16)
    const quietHours = { from: timeOfDay(end - hourMs), to: timeOfDay(end) }
    const body = { quietHours, urgentPasses: true }
    await ana.api.ok(notifications.editNotificationPreferences, { params: { workspaceId }, body })

    const assign = (title: string, priority = 'none') =>
      team.addTask({ title, priority, assigneeIds: [ana.id] })
    await Promise.all([assign('Ropes'), assign('Nets'), assign('Lamps'), assign('Pumps', 'urgent')])
    const inbox = inboxOf(ana, workspaceId)
    const entry = (title: string) => inbox.entry(({ task }) => task?.title === title)
    for (const title of ['Ropes', 'Nets', 'Lamps']) {
      const { id } = await entry(title)
      expect((await inbox.story(id, 'scheduled')).mail.dueAt).toBe(new Date(end).toISOString())
    }
    await inbox.story((await entry('Pumps')).id, 'sent')
    const params = { workspaceId, notificationId: (await entry('Lamps')).id }
    await ana.api.ok(notifications.editNotification, { params, body: { read: true } })
    expect(Date.now(), 'the machine was too busy to set everything up in time').toBeLessThan(end)

    const { text } = await mailLike(ana.email, /^2 notifications in Harbour/, patienceMs)
    expect([/Ropes/, /Nets/, /Lamps/, /Pumps/].map((title) => title.test(text))).toEqual([
      true,
      true,
      false,
      false,
    ])
    for (const title of ['Ropes', 'Nets']) await inbox.story((await entry(title)).id, 'sent')
    await inbox.story(params.notificationId, 'suppressed')
    const told = (await mailsTo(ana.email)).filter(({ text }) => /Ropes|Nets|Lamps|Pumps/.test(text))
    expect(told).toHaveLength(2)
  },
)
