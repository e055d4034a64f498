import { createComment } from '../../../../shared/api/routes/comments.ts'
import { removeMember } from '../../../../shared/api/routes/members.ts'
import type { Flow } from '../flow.ts'

/** Olga comments on a task of Ana and mentions Ben. Meanwhile Ben is put out of the workspace. */
export const mention: Flow = {
  name: 'mention',
  prepare: async ({ addTask, ana, note }) => {
    note('task', await addTask({ assigneeIds: [ana.userId] }))
  },
  act: async ({ ask, olga, ben, workspaceId, noted }) => {
    const params = { workspaceId, taskId: noted('task') }
    await ask(olga, createComment, { params, body: { body: `@[Ben](${ben.userId}) can you help?` } })
  },
  schedules: [],
  hours: 1,
  due: ({ ana, ben }) => [
    { to: ana, kind: 'commented' },
    { to: ben, kind: 'mentioned' },
  ],
  meanwhile: {
    act: async ({ ask, olga, ben, workspaceId }) => {
      await ask(olga, removeMember, { params: { workspaceId, userId: ben.userId } })
    },
    due: ({ ana, ben }) => [
      { to: ana, kind: 'commented' },
      { to: ben, kind: 'mentioned', isRevoked: true },
    ],
  },
}
