import { join } from 'node:path'
import type { TriggerDeclaration } from '../shared/api/declaration.ts'
import type { Invoke } from './lambda/invoke.ts'
import { startQueuePoller } from './lambda/queuePoller.ts'
import { startScheduleTimer } from './lambda/scheduleTimer.ts'
import { startStreamPoller } from './lambda/streamPoller.ts'
import type { Log, Worker } from './lambda/worker.ts'
import type { Part } from './parts/part.ts'
import { streamDeadLetters } from './parts/queueNames.ts'
import type { SqsPart } from './parts/sqs.ts'

interface WorkerSurroundings {
  readonly invoke: Invoke
  readonly log: Log
  readonly dynamoDb: Part
  readonly tableName: string
  readonly sqs: SqsPart
  readonly checkpointFolder: string
}

/** Starts what feeds one declared function: stream, queue or clock. */
export async function startTrigger(trigger: TriggerDeclaration, around: WorkerSurroundings): Promise<Worker> {
  const { invoke, log, sqs } = around
  switch (trigger.kind) {
    case 'stream':
      return startStreamPoller({
        ...around,
        consumer: trigger,
        checkpointFile: join(around.checkpointFolder, `${trigger.name}.json`),
        dynamoDbEndpoint: around.dynamoDb.endpoint,
        sqsEndpoint: sqs.endpoint,
        deadLetterQueueUrl: sqs.queueUrl(streamDeadLetters),
      })
    case 'queue':
      return startQueuePoller({
        consumer: trigger,
        invoke,
        log,
        sqsEndpoint: sqs.endpoint,
        queueUrl: sqs.queueUrl(trigger.queue),
      })
    case 'schedule':
      return startScheduleTimer({ schedule: trigger, invoke, log })
  }
}
