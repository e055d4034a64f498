import { editProject } from '../../../../shared/api/routes/projects.ts'
import { editTask } from '../../../../shared/api/routes/tasks.ts'
import type { Flow } from '../flow.ts'

/** A task of Ana becomes due, and overdue, and Ben is told at last; all but the first of it also by mail. */
export const due: Flow = {
  name: 'due',
  act: async ({ ask, olga, ana, ben, addTask, workspaceId, projectId, note }) => {
    const escalation = { afterMinutes: 30 * 60, userId: ben.userId }
    await ask(olga, editProject, { params: { workspaceId, projectId }, body: { escalation } })
    const moment = { dateTime: '2031-03-04T16:00', zone: 'UTC' }
    note('task', await addTask({ assigneeIds: [ana.userId], due: moment }))
  },
  schedules: ['sweepReminders'],
  hours: 96,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'assigned' },
    { to: ana, kind: 'dueSoon', only: 'inbox' },
    { to: ana, kind: 'due' },
    { to: ana, kind: 'overdue' },
    { to: ben, kind: 'escalated' },
  ],
  meanwhile: {
    act: async ({ ask, olga, workspaceId, noted }) => {
      const params = { workspaceId, taskId: noted('task') }
      await ask(olga, editTask, { params, body: { priority: 'high' } })
    },
    due: (team) => due.due(team),
  },
}
