import type { AttemptMessage } from '../../api/schemas/webhooks.ts'
import { isAuditEvent, type NumberedEvent } from '../audit/event.ts'
import type { AllStores } from '../ports.ts'
import type { Task } from '../tasks/task.ts'
import { type Delivery, newDelivery } from './delivery.ts'
import { isInProjects, isOfProjects, mayHear } from './match.ts'
import type { Deliveries, LoggedEvents, Webhooks } from './ports.ts'
import { isOn, mayHaveWebhooks, type Webhook } from './webhook.ts'

export interface SubjectWorld {
  readonly stores: Pick<AllStores, 'people' | 'workspaces' | 'tasks'>
  readonly webhooks: Webhooks
  readonly deliveries: Deliveries
  readonly log: LoggedEvents
}

/** What an attempt is about, as it stands now. */
export interface Subject {
  readonly webhook: Webhook
  /** As it is on record; absent before the first attempt. */
  readonly seen: Delivery | undefined
  readonly event: NumberedEvent | undefined
}

/** `undefined` where the webhook is gone, or there is nothing to tell. */
export const subjectOf = async (
  { workspaceId, webhookId, slot, deliveryId, sequence }: AttemptMessage,
  { webhooks, deliveries, log }: SubjectWorld,
): Promise<Subject | undefined> => {
  const [place, seen, event] = await Promise.all([
    webhooks.place(workspaceId, slot),
    deliveries.delivery(workspaceId, webhookId, deliveryId),
    sequence === null ? undefined : log.event(workspaceId, sequence),
  ])
  const webhook = place?.webhook
  if (webhook === undefined || webhook.id !== webhookId || webhook.deletedAt !== null) return undefined
  return seen === undefined && event === undefined ? undefined : { webhook, seen, event }
}

/** The delivery on record, or the first one of the event. */
export const deliveryFor = (
  { deliveryId, replayId }: AttemptMessage,
  { webhook, seen, event }: Subject,
  now: string,
): Delivery => {
  if (seen !== undefined) return seen
  const { workspaceId, id: webhookId, slot } = webhook
  const type = event?.type ?? ''
  const sequence = event?.sequence ?? null
  const audit = event !== undefined && isAuditEvent(event)
  return newDelivery({ id: deliveryId, workspaceId, webhookId, slot, type, sequence, replayId, audit }, now)
}

/** Why nothing is sent any more; or what is told of the task; or that this is nothing for the webhook. */
export type Verdict =
  | { readonly send: true; readonly task: Task | undefined }
  | { readonly send: false; readonly why: string }
  | 'pass over'

const no = (why: string): Verdict => ({ send: false, why })

/** Looks again whether the webhook may be told this, as everything stands at the moment of sending. */
export const verdictOn = async (
  { webhook, seen, event }: Subject,
  { stores: { people, workspaces, tasks } }: SubjectWorld,
): Promise<Verdict> => {
  const { workspaceId, responsibleId } = webhook
  const [person, member, task] = await Promise.all([
    people.person(responsibleId),
    workspaces.member(workspaceId, responsibleId),
    event !== undefined && 'taskId' in event ? tasks.task(workspaceId, event.taskId) : undefined,
  ])
  if (!isOn(webhook)) return no('the webhook is off')
  if (person?.state !== 'active' || !mayHaveWebhooks(member))
    return no('whoever is responsible for the webhook may not have one any more')
  // What was to be told before does not just stop: its delivery says why.
  const pass = (why: string): Verdict => (seen === undefined ? 'pass over' : no(why))
  if (event !== undefined && !mayHear(member, isAuditEvent(event)))
    return pass('whoever is responsible for the webhook may not hear of this any more')
  if (event !== undefined && !isOfProjects(webhook, event, task))
    return pass('the task is in no project of the webhook any more')
  // One that has left the projects is none of the receiver's business from there on.
  return { send: true, task: task && isInProjects(webhook, task) ? task : undefined }
}
