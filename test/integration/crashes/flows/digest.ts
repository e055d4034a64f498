import { editMe } from '../../../../shared/api/routes/account.ts'
import { removeMember } from '../../../../shared/api/routes/members.ts'
import { editNotificationPreferences } from '../../../../shared/api/routes/notifications.ts'
import type { Due, Flow } from '../flow.ts'
import type { Team, Teammate } from '../team.ts'

const bothOf = (to: Teammate): Due[] => [
  { to, kind: 'digest', only: 'outside', says: { date: '2031-03-03', dueTodayCount: 1 } },
  { to, kind: 'weekly', only: 'outside', says: { to: '2031-03-02', openCount: 1 } },
]

/**
 * On a Sunday Ana and Ben have a task each that is due the day after; Ana chooses another hour for her mails, and Ben
 * another zone. On Monday they get the digest of the day and the summary of the week, and those who have nothing get
 * neither. Meanwhile Ben is put out of the workspace.
 */
export const digest: Flow = {
  name: 'digest',
  start: '2031-03-02T12:00:00.000Z',
  prepare: async ({ addTask, ana, ben }: Team) => {
    const due = { date: '2031-03-03', zone: 'UTC' }
    for (const { userId } of [ana, ben]) await addTask({ assigneeIds: [userId], due })
  },
  act: async ({ ask, ana, ben, workspaceId }) => {
    await ask(ana, editNotificationPreferences, { params: { workspaceId }, body: { digest: { hour: 9 } } })
    await ask(ben, editMe, { body: { zone: 'Atlantic/Azores' } })
  },
  schedules: ['sendDigests'],
  hours: 36,
  due: ({ ana, ben }) => [...bothOf(ana), ...bothOf(ben)],
  meanwhile: {
    act: async ({ ask, olga, ben, workspaceId }) => {
      await ask(olga, removeMember, { params: { workspaceId, userId: ben.userId } })
    },
    due: ({ ana, ben }) => [...bothOf(ana), ...bothOf(ben).map((one): Due => ({ ...one, isRevoked: true }))],
  },
}
