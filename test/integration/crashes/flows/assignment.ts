import { editTask } from '../../../../shared/api/routes/tasks.ts'
import type { Flow } from '../flow.ts'

/** A task is created for two people; meanwhile one of them is relieved of it. */
export const assignment: Flow = {
  name: 'assignment',
  act: async ({ addTask, ana, ben, note }) => {
    note('task', await addTask({ assigneeIds: [ana.userId, ben.userId] }))
  },
  schedules: [],
  hours: 1,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'assigned' },
    { to: ben, kind: 'assigned' },
  ],
  meanwhile: {
    act: async ({ ask, olga, ana, workspaceId, noted }) => {
      const params = { workspaceId, taskId: noted('task') }
      await ask(olga, editTask, { params, body: { assigneeIds: [ana.userId] } })
    },
    due: ({ ana, ben }) => [
      { to: ana, kind: 'assigned' },
      { to: ben, kind: 'assigned', isRevoked: true },
    ],
  },
}
