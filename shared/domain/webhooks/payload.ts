import type { NumberedEvent } from '../audit/event.ts'
import { rowOf } from '../tasks/present.ts'
import type { Task } from '../tasks/task.ts'
import type { Delivery } from './delivery.ts'

/** What stands beside the event anyway, what chains it to the others, and who could read what is gone. */
const untold: readonly string[] = [
  'workspaceId',
  'sequence',
  'type',
  'orderedAt',
  'hash',
  'previousHash',
  'previousAuditHash',
  'readers',
]

const told = (event: NumberedEvent): object =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !untold.includes(name)))

/**
 * The body of a message: type and time, the event with what each field was before, and the task as lists show it now;
 * `null` for a task that is gone, and where the event is of none. A test has no event.
 */
export const bodyOf = (
  delivery: Delivery,
  event: NumberedEvent | undefined,
  task: Task | undefined,
): string =>
  JSON.stringify({
    type: delivery.type,
    timestamp: event?.at ?? delivery.createdAt,
    data: {
      workspaceId: delivery.workspaceId,
      webhookId: delivery.webhookId,
      sequence: delivery.sequence,
      replayId: delivery.replayId,
      event: event === undefined ? null : told(event),
      task: task === undefined ? null : rowOf(task),
    },
  })
