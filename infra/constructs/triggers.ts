import { Duration } from 'aws-cdk-lib'
import { Schedule as Rate, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as Target } from 'aws-cdk-lib/aws-events-targets'
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { QueueConsumer, Schedule, StreamConsumer } from '../../shared/api/declaration.ts'
import { partsOf } from '../../shared/api/parts.ts'
import { tableDefinition } from '../../shared/data/table.ts'
import { acknowledge } from '../acknowledge.ts'
import type { LambdaFunction } from './lambdaFunction.ts'
import type { WorkQueue } from './queue.ts'
import type { WorkTable } from './table.ts'

const pulled = 'Lambda pulls its events: those that fail are parked by the source, not by the function'

/** Lets through records of items whose sort key begins with one of these; the others bill no invocation. */
const ofSortKeys = (prefixes: readonly string[]) =>
  FilterCriteria.filter({
    dynamodb: { Keys: { [tableDefinition.sk]: { S: prefixes.map((prefix) => ({ prefix })) } } },
  })

/** Feeds the table's stream to the function; a record that keeps failing is parked instead of blocking. */
export function consumeStream(
  fn: LambdaFunction,
  declared: StreamConsumer,
  { table, parked }: { table: WorkTable; parked: Queue },
): void {
  table.grantStream(fn)
  fn.allow(['sqs:SendMessage'], [parked.queueArn])
  new EventSourceMapping(fn, 'Stream', {
    target: fn.lambda,
    eventSourceArn: table.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    ...(declared.sortKeys && { filters: [ofSortKeys(declared.sortKeys)] }),
    batchSize: declared.batchSize,
    maxBatchingWindow: Duration.seconds(declared.batchWindowSeconds),
    retryAttempts: declared.retryAttempts,
    bisectBatchOnError: declared.bisectBatchOnError,
    reportBatchItemFailures: declared.reportBatchItemFailures,
    onFailure: new SqsDlq(parked),
  })
  acknowledge(fn.lambda, 'Serverless-LambdaDLQ', pulled)
}

/** Feeds the queue to the function, which reports failures message by message. */
export function consumeQueue(fn: LambdaFunction, declared: QueueConsumer, queue: WorkQueue): void {
  queue.grantConsume(fn)
  const mapping = new EventSourceMapping(fn, 'Queue', {
    target: fn.lambda,
    eventSourceArn: queue.queue.queueArn,
    batchSize: declared.batchSize,
    reportBatchItemFailures: true,
    maxConcurrency: declared.maxConcurrency,
  })
  acknowledge(
    mapping,
    'Serverless-LambdaEventSourceMappingDestination',
    'The queue’s own redrive policy parks what fails; Lambda takes no destination for SQS',
  )
  acknowledge(fn.lambda, 'Serverless-LambdaDLQ', pulled)
}

/**
 * Runs the function on the clock. A missed run is not caught up: the next one does all that is due.
 * The function itself has the dead-letter queue for runs that fail, this rule the one for runs that never began.
 */
export function runOnSchedule(fn: LambdaFunction, declared: Schedule, deadLetters: Queue): void {
  new Rule(fn, 'Rule', {
    description: declared.summary,
    schedule: Rate.rate(Duration.minutes(declared.everyMinutes)),
    targets: partsOf(declared).map(
      (part) =>
        new Target(fn.lambda, {
          event: RuleTargetInput.fromObject(part),
          deadLetterQueue: deadLetters,
          retryAttempts: 2,
          maxEventAge: Duration.minutes(Math.max(1, declared.everyMinutes)),
        }),
    ),
  })
}
