import type { QueueConsumer, Schedule, StreamConsumer, TriggerDeclaration } from './declaration.ts'

/** Numbers the events of the table's stream and derives everything that follows from a write. */
export const consumeTableStream: StreamConsumer = {
  kind: 'stream',
  name: 'consumeTableStream',
  summary: 'Numbers events; writes history, links and statistics; hands notices to the queue',
  timeoutSeconds: 60,
  batchSize: 25,
  batchWindowSeconds: 0,
  retryAttempts: 5,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  uses: {
    table: ['BatchGetItem', 'Query', 'Query:byPerson', 'PutItem', 'UpdateItem', 'TransactWriteItems'],
    queues: ['notifications'],
  },
}

/** Turns a notice into one mail: ledger row, access check, claim, send. */
export const sendNotification: QueueConsumer = {
  kind: 'queue',
  name: 'sendNotification',
  summary: 'Sends the mail of one notice, once',
  timeoutSeconds: 30,
  queue: 'notifications',
  batchSize: 10,
  maxReceives: 5,
  visibilityTimeoutSeconds: 180,
  uses: { table: ['BatchGetItem', 'PutItem'], mail: true },
}

/** Sweeps everything due and not yet sent, however late. */
export const sweepReminders: Schedule = {
  kind: 'schedule',
  name: 'sweepReminders',
  summary: 'Finds due reminders and hands them to the queue',
  timeoutSeconds: 55,
  everyMinutes: 1,
  uses: {
    table: ['BatchGetItem', 'Query:byReminder', 'UpdateItem'],
    queues: ['notifications'],
  },
}

export const triggers: readonly TriggerDeclaration[] = [consumeTableStream, sendNotification, sweepReminders]
