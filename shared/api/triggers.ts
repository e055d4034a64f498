import type { QueueConsumer, Schedule, StreamConsumer, TriggerDeclaration } from './declaration.ts'

/** Numbers the events of the table's stream and derives everything that follows from a write. */
export const consumeTableStream: StreamConsumer = {
  kind: 'stream',
  name: 'consumeTableStream',
  summary:
    'Numbers events; writes history, links and statistics; hands notices and jobs to their queues; drops files',
  feeds: 'history, lists and mails',
  timeoutSeconds: 60,
  batchSize: 25,
  batchWindowSeconds: 0,
  retryAttempts: 5,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  uses: {
    table: [
      'BatchGetItem',
      'Query',
      'Query:byPerson',
      'Query:byRank',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'TransactWriteItems',
    ],
    queues: ['notifications', 'jobs', 'webhooks'],
    files: ['Remove'],
  },
}

/**
 * Follows what the first reader of the stream has numbered and noted: DynamoDB lets two read a stream at a time. What
 * follows from a write itself belongs above; this one is for those outside the table, who may be told twice.
 */
export const followLog: StreamConsumer = {
  kind: 'stream',
  name: 'followLog',
  summary: 'Tells open clients and webhooks what has happened',
  // Numbered events and rows of inboxes; sessions, tokens, people and members, by whom connections stand; connections.
  sortKeys: ['EVT#', 'NTF#', 'SES#', 'PAT#', 'USR', 'MEM#', 'CON#'],
  timeoutSeconds: 60,
  // One frame takes along whatever a batch holds, and waits for its turn: the more in one, the sooner all is told.
  batchSize: 500,
  batchWindowSeconds: 0,
  retryAttempts: 5,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
  uses: {
    table: ['BatchGetItem', 'Query', 'Query:byPerson', 'PutItem', 'TransactWriteItems'],
    queues: ['webhooks'],
    live: ['Send'],
  },
}

/** Turns a notice into an entry of the inbox and a mail that leaves, waits or is none: access check, preferences. */
export const sendNotification: QueueConsumer = {
  kind: 'queue',
  name: 'sendNotification',
  summary: 'Tells one person one thing, once: in the inbox, and hands on its mail',
  feeds: 'notifications',
  timeoutSeconds: 30,
  queue: 'notifications',
  batchSize: 10,
  maxReceives: 5,
  visibilityTimeoutSeconds: 180,
  // 100,000 that are due in one minute are told within the next (decision 33).
  maxConcurrency: 50,
  memoryMb: 1_024,
  uses: {
    // Summaries are made of lists.
    table: ['BatchGetItem', 'PutItem', 'UpdateItem', 'Query', 'Query:byDue', 'Query:byUpdated'],
    queues: ['mails'],
  },
}

/** Sends a mail whose time has come: looks at its notices again, claims, sends, settles. */
export const sendMail: QueueConsumer = {
  kind: 'queue',
  name: 'sendMail',
  summary: 'Mails one person one thing, or all that has waited for a time, once',
  feeds: 'mails',
  timeoutSeconds: 30,
  queue: 'mails',
  batchSize: 10,
  maxReceives: 5,
  visibilityTimeoutSeconds: 180,
  // Keeps below the sending rate that SES gives a new account.
  maxConcurrency: 2,
  uses: {
    table: ['BatchGetItem', 'PutItem', 'UpdateItem', 'Query', 'Query:byDue', 'Query:byUpdated'],
    mail: true,
  },
}

/** Works on one chunk of a job over many tasks, or on the listing that makes its chunks; or on somebody's own data. */
export const runJob: QueueConsumer = {
  kind: 'queue',
  name: 'runJob',
  summary:
    'Changes the tasks of a job, each once, and keeps account of them; exports and forgets people’s own data',
  timeoutSeconds: 60,
  queue: 'jobs',
  feeds: 'jobs',
  batchSize: 1,
  maxReceives: 5,
  visibilityTimeoutSeconds: 360,
  // Each step moves the progress of its job: more at once would get into one another's way.
  maxConcurrency: 5,
  uses: {
    table: [
      'BatchGetItem',
      'Query',
      'Query:byCreated',
      'Query:byPerson',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
      'TransactWriteItems',
    ],
    queues: ['jobs'],
    identity: ['AdminDeleteUser'],
    mail: true,
    files: ['WriteExport', 'RemoveExport'],
  },
}

/** Sweeps everything that tasks have to say and have not said, however late. */
export const sweepReminders: Schedule = {
  kind: 'schedule',
  name: 'sweepReminders',
  summary: 'Finds due reminders and due dates and hands them to the queue',
  timeoutSeconds: 55,
  everyMinutes: 1,
  // 100,000 that are due in one minute go to the queue in half of it (decision 31).
  parts: 4,
  memoryMb: 1_769,
  uses: {
    table: ['BatchGetItem', 'Query', 'Query:byReminder', 'UpdateItem'],
    queues: ['notifications'],
  },
}

/** Makes one attempt for each message to deliver an event to a webhook; steps of replays besides. */
export const deliverWebhook: QueueConsumer = {
  kind: 'queue',
  name: 'deliverWebhook',
  summary: 'Delivers events to webhooks, each once; replays them',
  // A receiver has ten seconds, and those of a batch are called at once.
  timeoutSeconds: 30,
  queue: 'webhooks',
  batchSize: 10,
  maxReceives: 5,
  visibilityTimeoutSeconds: 180,
  maxConcurrency: 10,
  uses: {
    table: ['BatchGetItem', 'Query', 'PutItem', 'DeleteItem'],
    queues: ['webhooks'],
    sealed: true,
  },
}

/** Sweeps deliveries whose next attempt is due, however late. */
export const sweepDeliveries: Schedule = {
  kind: 'schedule',
  name: 'sweepDeliveries',
  summary: 'Finds deliveries to webhooks that are to be tried again and hands them to the queue',
  timeoutSeconds: 55,
  everyMinutes: 1,
  uses: { table: ['BatchGetItem', 'Query:byReminder', 'PutItem'], queues: ['webhooks'] },
}

/** Hands on what people get together, once its time has come, however late. */
export const sendWaitingMails: Schedule = {
  kind: 'schedule',
  name: 'sendWaitingMails',
  summary:
    'Finds mails that have waited for the end of a window or of quiet hours, and hands them to the queue',
  timeoutSeconds: 55,
  everyMinutes: 1,
  uses: { table: ['BatchGetItem', 'Query:byReminder', 'UpdateItem'], queues: ['mails'] },
}

/** What SES says of mails that it took: bounces and complaints. */
const handleMailEvents: QueueConsumer = {
  kind: 'queue',
  name: 'handleMailEvents',
  summary: 'Sends no more mails to addresses that bounce or complain, and tells so in the notice’s story',
  timeoutSeconds: 20,
  queue: 'mailEvents',
  batchSize: 10,
  maxReceives: 5,
  visibilityTimeoutSeconds: 120,
  maxConcurrency: 2,
  uses: { table: ['BatchGetItem', 'PutItem'] },
}

/** Hands out what is to be sent at somebody's own hour. */
export const sendDigests: Schedule = {
  kind: 'schedule',
  name: 'sendDigests',
  summary: 'Finds people whose hour for a digest has come and hands it to the queue',
  timeoutSeconds: 55,
  everyMinutes: 1,
  uses: { table: ['BatchGetItem', 'Query:byReminder', 'PutItem'], queues: ['notifications'] },
}

/** Looks after workspaces whose day has come. Each has its own hour, so that a run that is missed is caught up. */
export const cleanUp: Schedule = {
  kind: 'schedule',
  name: 'cleanUp',
  summary:
    'Drops what is over in the trash, and archives that are kept no longer, once a day for each workspace',
  timeoutSeconds: 300,
  everyMinutes: 60,
  uses: {
    table: ['BatchGetItem', 'Query', 'Query:byReminder', 'Query:byUpdated', 'PutItem', 'DeleteItem'],
  },
}

/** Counts the tasks of workspaces whose day has come. */
export const reconcileStatistics: Schedule = {
  kind: 'schedule',
  name: 'reconcileStatistics',
  summary: 'Compares the counters of each workspace with its lists, once a day, and reports what is off',
  timeoutSeconds: 900,
  everyMinutes: 60,
  uses: {
    table: ['BatchGetItem', 'Query', 'Query:byReminder', 'Query:byCreated', 'Query:byUpdated', 'PutItem'],
  },
}

export const triggers: readonly TriggerDeclaration[] = [
  consumeTableStream,
  followLog,
  sendNotification,
  sendMail,
  runJob,
  handleMailEvents,
  sweepReminders,
  deliverWebhook,
  sweepDeliveries,
  sendWaitingMails,
  sendDigests,
  cleanUp,
  reconcileStatistics,
]
