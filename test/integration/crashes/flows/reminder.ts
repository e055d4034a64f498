import { editTask, getTask } from '../../../../shared/api/routes/tasks.ts'
import type { Flow } from '../flow.ts'
import type { Team } from '../team.ts'

const minute = 60_000
const later = (at: number, minutes: number) => ({
  dateTime: new Date(at + minutes * minute).toISOString().slice(0, 16),
  zone: 'UTC',
})

/** Somebody has the task remind once more, whatever else it does. */
const remindOnceMore = async ({ ask, olga, app, workspaceId, noted }: Team): Promise<void> => {
  const params = { workspaceId, taskId: noted('task') }
  const { reminders } = await ask(olga, getTask, { params })
  const kept = reminders.map(({ id }: { id: string }) => ({ id }))
  await ask(olga, editTask, { params, body: { reminders: [...kept, later(app.clock.now, 40)] } })
}

/** A task that has been there for a while is edited; then it reminds the person it is assigned to, twice. */
export const reminder: Flow = {
  name: 'reminder',
  act: async ({ app, addTask, ana, olga, ask, workspaceId, note }) => {
    const { now } = app.clock
    const reminders = [later(now, 30), later(now, 55)]
    const taskId = await addTask({ assigneeIds: [ana.userId], reminders })
    note('task', taskId)
    await ask(olga, editTask, { params: { workspaceId, taskId }, body: { priority: 'high' } })
  },
  schedules: ['sweepReminders'],
  hours: 48,
  due: ({ ana }) => [
    { to: ana, kind: 'assigned' },
    { to: ana, kind: 'reminder', count: 2 },
  ],
  meanwhile: {
    act: remindOnceMore,
    due: ({ ana }) => [
      { to: ana, kind: 'assigned' },
      { to: ana, kind: 'reminder', count: 3 },
    ],
  },
}
