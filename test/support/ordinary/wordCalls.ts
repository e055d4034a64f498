import { randomUUID } from 'node:crypto'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed } from './team.ts'

const recurrence = { rule: 'FREQ=WEEKLY;BYDAY=MO,WE' }
const due = { dateTime: '2031-03-03T09:00', zone: 'Europe/Madrid' }

/** Routes that read words and rules. */
export const wordCalls: OrdinaryCalls = {
  quickAdd: async ({ owner, workspaceId, projectId }) => ({
    who: owner,
    request: {
      params: { workspaceId, projectId },
      body: {
        text: 'Move the office every 1st 9am !high @me #home ~2h\n  Rent a van tomorrow\n  Pack boxes',
      },
      headers: { 'Idempotency-Key': randomUUID() },
    },
  }),
  previewRecurrence: async ({ owner, workspaceId }) => ({
    who: owner,
    request: { params: { workspaceId }, body: { recurrence, due } },
  }),
  listOccurrences: async ({ app, owner, workspaceId, projectId }) => {
    const made = await succeed(app, owner, createTask, {
      params: { workspaceId, projectId },
      body: { title: 'Water the plants', due, recurrence },
    })
    return { who: owner, request: { params: { workspaceId, taskId: String(made.body.id) } } }
  },
}
