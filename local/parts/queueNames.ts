import type { QueueName, TriggerDeclaration } from '../../shared/api/declaration.ts'
import { localAccount, localRegion } from './part.ts'

/** Queue of what the stream consumer could not process after all its retries. */
export const streamDeadLetters = 'stream-dead-letters'

export const deadLettersOf = (queue: string): string => `${queue}-dead-letters`

export const queueArn = (queue: string): string => `arn:aws:sqs:${localRegion}:${localAccount}:${queue}`

/** What a queue's consumer declares about it. */
export interface QueueSettings {
  readonly name: QueueName
  readonly visibilityTimeoutSeconds: number
  readonly maxReceives: number
}

/** The queues that the declared consumers read. */
export const declaredQueues = (triggers: readonly TriggerDeclaration[]): QueueSettings[] =>
  triggers
    .filter((trigger) => trigger.kind === 'queue')
    .map(({ queue, visibilityTimeoutSeconds, maxReceives }) => ({
      name: queue,
      visibilityTimeoutSeconds,
      maxReceives,
    }))
