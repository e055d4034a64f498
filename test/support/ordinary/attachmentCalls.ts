import { randomUUID } from 'node:crypto'
import {
  completeAttachment,
  deleteAttachment,
  downloadAttachment,
  offerAttachment,
} from '../../../shared/api/routes/attachments.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team, taskBody } from './team.ts'

const file = { name: 'Delivery note of the third of March.pdf', mediaType: 'application/pdf', size: 48_211 }

/** Path of a task just made. */
const newTask = async ({ app, owner, colleagues, workspaceId, projectId }: Team) => {
  const assigneeIds = colleagues.slice(0, 2).map(({ userId }) => userId)
  const made = await succeed(app, owner, createTask, {
    params: { workspaceId, projectId },
    body: taskBody(assigneeIds),
  })
  return { workspaceId, taskId: String(made.body.id) }
}

/** A file that has been uploaded to a new task and not been attached yet. */
const uploaded = async (team: Team) => {
  const task = await newTask(team)
  const { body } = await succeed(team.app, team.owner, offerAttachment, { params: task, body: file })
  const params = { ...task, attachmentId: String(body.attachmentId) }
  team.app.files.arrive(params, file)
  return { params, body: { ticket: String(body.ticket) } }
}

const attached = async (team: Team) => {
  const { params, body } = await uploaded(team)
  await succeed(team.app, team.owner, completeAttachment, { params, body })
  return { who: team.owner, request: { params } }
}

export const attachmentCalls: OrdinaryCalls = {
  [offerAttachment.name]: async (team) => ({
    who: team.owner,
    request: { params: await newTask(team), body: file, headers: { 'Idempotency-Key': randomUUID() } },
  }),
  [completeAttachment.name]: async (team) => ({ who: team.owner, request: await uploaded(team) }),
  [downloadAttachment.name]: attached,
  [deleteAttachment.name]: attached,
}
