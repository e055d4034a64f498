import { randomUUID } from 'node:crypto'
import { addReaction, createComment, resolveComment } from '../../../shared/api/routes/comments.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { OrdinaryCall, OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const thought =
  'Their **office** is closed until Monday. I have asked for both papers by mail, and once more by telephone. '.repeat(
    3,
  )

/** Three hundred characters, with two colleagues mentioned as long as there are so many. */
const text = ({ colleagues }: Team, beginning = 'Asked'): string =>
  [`${beginning} again.`, ...colleagues.slice(0, 2).map(({ userId }) => `@[Carla](${userId})`), thought].join(
    ' ',
  )

/** Path of a task just made. */
const newTask = async ({ app, owner, colleagues, workspaceId, projectId }: Team) => {
  const assigneeIds = colleagues.slice(0, 2).map(({ userId }) => userId)
  const params = { workspaceId, projectId }
  const made = await succeed(app, owner, createTask, { params, body: taskBody(assigneeIds) })
  return { workspaceId, taskId: String(made.body.id) }
}

type TaskPath = Awaited<ReturnType<typeof newTask>>

const commentOn = async (team: Team, params: TaskPath, replyTo?: string): Promise<string> => {
  const body = { body: text(team), ...(replyTo !== undefined && { replyTo }) }
  const made = await succeed(team.app, team.owner, createComment, { params, body })
  return String(made.body.id)
}

/** Path of a comment just made. */
const newComment = async (team: Team) => {
  const params = await newTask(team)
  return { ...params, commentId: await commentOn(team, params) }
}

const call = ({ owner }: Team, request: OrdinaryCall['request']): OrdinaryCall => ({ who: owner, request })

const fresh = { 'If-Match': '"1"' }

export const commentCalls: OrdinaryCalls = {
  createComment: async (team) => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const params = await newTask(team)
    // A reply: the thread it is of changes with it.
    const body = { body: text(team), replyTo: await commentOn(team, params) }
    return call(team, { params, body, headers })
  },
  listComments: async (team) => {
    const params = await newTask(team)
    const first = await commentOn(team, params)
    const others = Math.min(team.colleagues.length, 55)
    for (let n = 0; n < others; n++) await commentOn(team, params, n % 2 === 0 ? first : undefined)
    return call(team, { params })
  },
  getComment: async (team) => call(team, { params: await newComment(team) }),
  editComment: async (team) =>
    call(team, { params: await newComment(team), body: { body: text(team, 'Called') }, headers: fresh }),
  // Of a reply as well.
  deleteComment: async (team) => {
    const params = await newTask(team)
    const commentId = await commentOn(team, params, await commentOn(team, params))
    return call(team, { params: { ...params, commentId }, headers: fresh })
  },
  resolveComment: async (team) => call(team, { params: await newComment(team), body: {}, headers: fresh }),
  reopenComment: async (team) => {
    const params = await newComment(team)
    await succeed(team.app, team.owner, resolveComment, { params, body: {} })
    return call(team, { params, body: {}, headers: { 'If-Match': '"2"' } })
  },
  addReaction: async (team) => call(team, { params: { ...(await newComment(team)), emoji: '👍' }, body: {} }),
  removeReaction: async (team) => {
    const params = { ...(await newComment(team)), emoji: '👍' }
    await succeed(team.app, team.owner, addReaction, { params, body: {} })
    return call(team, { params })
  },
}
