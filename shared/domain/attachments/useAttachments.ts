import type { AttachmentOffer, UploadReply } from '../../api/schemas/attachments.ts'
import type { Target } from '../access/target.ts'
import { made } from '../edited.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Stores } from '../ports.ts'
import { change, existing } from '../tasks/change.ts'
import { revise } from '../tasks/edit.ts'
import { type Attachment, aboutTask, type Task } from '../tasks/task.ts'
import { editorOf } from '../tasks/taskCase.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { dispositionOf, downloadType, fileName } from './fileName.ts'
import type { Agreement, Agreements, FileObjects, FileOffers, Offer, Tickets } from './ports.ts'
import { checkTicket, checkUpload, ticketFor } from './ticket.ts'

/** As many files as a task may hold. */
const most = 100

interface TaskParams {
  readonly workspaceId: string
  readonly taskId: string
}
interface AttachmentParams extends TaskParams {
  readonly attachmentId: string
}
type AttachmentAsk<Body = unknown> = Ask<AttachmentParams, unknown, Body>
type TaskStore = Pick<Stores, 'tasks'>

const load = ({ params }: Ask<TaskParams>, { tasks }: TaskStore): Promise<Task | undefined> =>
  tasks.task(params.workspaceId, params.taskId)
const about = (task: Task | undefined): Target => aboutTask(existing(task))

const requireRoom = ({ attachments }: Task): void => {
  if (Object.keys(attachments).length >= most)
    throw new Failure('conflict', `A task holds at most ${most} attachments: delete one first.`)
}

const attached = (task: Task, attachmentId: string): Attachment => {
  const attachment = Object.hasOwn(task.attachments, attachmentId)
    ? task.attachments[attachmentId]
    : undefined
  if (attachment === undefined) throw notFound()
  return attachment
}

type OfferAsk = Ask<TaskParams, unknown, AttachmentOffer>
type OfferWorld = TaskStore & {
  readonly offers: FileOffers
  readonly tickets: Tickets
  readonly agreements: Agreements
}

const agreementOn = ({ params, userId, now, body }: OfferAsk): Agreement => {
  const attachmentId = makeId('attachment', Date.parse(now), randomSeed())
  const { mediaType, size } = body
  return { ...params, attachmentId, userId, name: fileName(body.name), mediaType, size, agreedAt: now }
}

/** What is agreed travels in the address of the upload and in the ticket; only a repeatable request is written down. */
export const offerAttachment: UseCase<OfferAsk, OfferWorld, Task | undefined, UploadReply> = {
  load,
  about,
  run: async ({ ask }, task, { offers, tickets, agreements }) => {
    const { mark } = ask
    requireRoom(existing(task))
    const now = agreementOn(ask)
    const clash = () => new Failure('conflict')
    const agreed = mark === null ? now : made(await agreements.keep(now, mark), now, mark, clash)
    const { workspaceId, taskId, attachmentId, name } = agreed
    const upload = await offers.upload(agreed, agreed, agreed.agreedAt)
    const ticket = tickets.write(ticketFor(agreed))
    const location = `/v1/workspaces/${workspaceId}/tasks/${taskId}/attachments/${attachmentId}`
    return { body: { attachmentId, name, upload, ticket }, location }
  },
}

type CompleteAsk = AttachmentAsk<{ ticket: string }>
type CompleteWorld = TaskStore & { readonly objects: FileObjects; readonly tickets: Tickets }

/**
 * Checks the upload, copies its very bytes to where no upload reaches, then attaches them in one write. May be cut
 * off and repeated anywhere; once attached, it answers what is there.
 */
export const completeAttachment: UseCase<
  CompleteAsk,
  CompleteWorld,
  Task | undefined,
  Attachment & { id: string }
> = {
  load,
  about,
  run: async (call, loaded, { tasks, objects, tickets }) => {
    const { ask } = call
    const task = existing(loaded)
    const { attachmentId } = ask.params
    const ticket = checkTicket(tickets.read(ask.body.ticket), ask)
    const answer = (done: Task) => ({ body: { id: attachmentId, ...attached(done, attachmentId) } })
    if (Object.hasOwn(task.attachments, attachmentId)) return answer(task)
    requireRoom(task)
    const uploaded = checkUpload(await objects.uploaded(ask.params), ticket)
    if (!(await objects.accept(ask.params, uploaded, dispositionOf(ticket.name))))
      throw new Failure('upload-missing')
    const { name, mediaType, size } = ticket
    const attachment = { name, mediaType, size, uploadedBy: ask.userId, uploadedAt: ask.now }
    const attach = (present: Task): Task => {
      if (Object.hasOwn(present.attachments, attachmentId)) return present
      requireRoom(present)
      const attachments = { ...present.attachments, [attachmentId]: attachment }
      return revise(present, { attachments }, editorOf(call))
    }
    return answer(await change(task, attach, tasks))
  },
}

type DownloadWorld = TaskStore & { readonly offers: FileOffers }

export const downloadAttachment: UseCase<AttachmentAsk, DownloadWorld, Task | undefined, Offer> = {
  load,
  about,
  run: async ({ ask }, task, { offers }) => {
    const { name, mediaType } = attached(existing(task), ask.params.attachmentId)
    const as = { disposition: dispositionOf(name), mediaType: downloadType(mediaType) }
    return { body: await offers.download(ask.params, as, ask.now) }
  },
}

/** Takes the file out of the task; the stream consumer then drops it. */
export const deleteAttachment: UseCase<AttachmentAsk, TaskStore, Task | undefined, undefined> = {
  load,
  about,
  run: async (call, loaded, { tasks }) => {
    const { attachmentId } = call.ask.params
    const task = existing(loaded)
    attached(task, attachmentId)
    const detach = (present: Task): Task => {
      const { [attachmentId]: _, ...attachments } = present.attachments
      return revise(present, { attachments }, editorOf(call))
    }
    await change(task, detach, tasks)
    return { body: undefined }
  },
}
