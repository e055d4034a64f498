import type { Flow } from '../flow.ts'

/** A task is created for two people. */
export const assignment: Flow = {
  name: 'assignment',
  act: async ({ addTask, ana, ben }) => {
    await addTask({ assigneeIds: [ana.userId, ben.userId] })
  },
  schedules: [],
  hours: 1,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'assigned' },
    { to: ben, kind: 'assigned' },
  ],
}
