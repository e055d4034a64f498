import { createJob } from '../../../../shared/api/routes/jobs.ts'
import type { Flow } from '../flow.ts'

/** Some tasks are assigned to two people by one job. */
export const bulk: Flow = {
  name: 'bulk',
  act: async ({ addTask, ask, olga, ana, ben, workspaceId }) => {
    const taskIds = [await addTask(), await addTask({ assigneeIds: [olga.userId] })]
    const patch = { assigneeIds: [ana.userId, ben.userId] }
    const body = { action: { kind: 'edit', patch }, taskIds }
    await ask(olga, createJob, { params: { workspaceId }, body })
  },
  schedules: [],
  also: (items) =>
    items.flatMap(({ itemType, count_changed: changed }) =>
      itemType === 'jobProgress' && changed !== 2 ? `the job counts ${changed} changed tasks` : [],
    ),
  hours: 1,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'bulk', says: { count: 2 } },
    { to: ben, kind: 'bulk', says: { count: 2 } },
  ],
}
