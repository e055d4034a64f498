import {
  editNotificationPreferences,
  markNotificationsRead,
} from '../../../../shared/api/routes/notifications.ts'
import type { Flow } from '../flow.ts'

/**
 * Ana gets her mails together each hour, and Ben has quiet hours: three tasks of Ana and one of Ben wait, and leave as
 * one mail for each of them. Meanwhile Ana reads hers in the inbox.
 */
export const waiting: Flow = {
  name: 'waiting mails',
  prepare: async ({ ask, ana, ben, workspaceId }) => {
    const params = { workspaceId }
    await ask(ana, editNotificationPreferences, { params, body: { mailWindow: 'hourly' } })
    const quietHours = { from: '06:00', to: '11:30' }
    await ask(ben, editNotificationPreferences, { params, body: { quietHours } })
  },
  act: async ({ addTask, ana, ben }) => {
    await addTask({ assigneeIds: [ana.userId, ben.userId] })
    await addTask({ assigneeIds: [ana.userId] })
    await addTask({ assigneeIds: [ana.userId] })
  },
  schedules: ['sendWaitingMails'],
  hours: 20,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'assigned', count: 3 },
    { to: ben, kind: 'assigned' },
  ],
  /** One to each. */
  mails: 2,
  meanwhile: {
    act: async ({ app, ask, ana, workspaceId }) => {
      const before = new Date(app.clock.now).toISOString()
      await ask(ana, markNotificationsRead, { params: { workspaceId }, body: { before } })
    },
    due: ({ ana, ben }) => [
      { to: ana, kind: 'assigned', count: 3, only: 'inbox' },
      { to: ana, kind: 'assigned', count: 3, only: 'outside', atMost: true },
      { to: ben, kind: 'assigned' },
    ],
  },
}
