import { editTask } from '../../../../shared/api/routes/tasks.ts'
import type { Flow } from '../flow.ts'

const minute = 60_000

/** A task that has been there for a while is edited; then it reminds the person it is assigned to, twice. */
export const reminder: Flow = {
  name: 'reminder',
  act: async ({ app, addTask, ana, olga, ask, workspaceId }) => {
    const at = (minutes: number) => ({
      dateTime: new Date(app.clock.now + minutes * minute).toISOString().slice(0, 16),
      zone: 'UTC',
    })
    const taskId = await addTask({ assigneeIds: [ana.userId], reminders: [at(30), at(55)] })
    await ask(olga, editTask, { params: { workspaceId, taskId }, body: { priority: 'high' } })
  },
  schedules: ['sweepReminders'],
  hours: 48,
  due: ({ ana }) => [
    { to: ana, kind: 'assigned' },
    { to: ana, kind: 'reminder', count: 2 },
  ],
}
