import { Duration } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { QueueConsumer, QueueName } from '../../shared/api/declaration.ts'
import { queueUrlVariable } from '../../shared/api/environment.ts'
import { acknowledge } from '../acknowledge.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** A queue at the end of the line: keeps what failed for 14 days, the most there is. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  })
  acknowledge(queue, 'Serverless-SQSRedrivePolicy', 'It is a dead-letter queue; an alarm watches its depth')
  return queue
}

/** A queue with its dead letters, shaped by the declaration of its one consumer. */
export class WorkQueue extends Construct {
  readonly name: QueueName
  readonly feeds: string | undefined
  readonly queue: Queue
  readonly deadLetters: Queue

  constructor(scope: Construct, consumer: QueueConsumer) {
    super(scope, consumer.queue)
    assertPatient(consumer)
    this.name = consumer.queue
    this.feeds = consumer.feeds
    this.deadLetters = deadLetterQueue(this, 'DeadLetters')
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(consumer.visibilityTimeoutSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: consumer.maxReceives },
    })
  }

  /** Lets the function put messages in, and tells it where. */
  grantSend(fn: LambdaFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn])
    fn.tell({ [queueUrlVariable(this.name)]: this.queue.queueUrl })
  }

  /** Lets Lambda take messages out in the function's name. */
  grantConsume(fn: LambdaFunction): void {
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn])
  }
}

/** A message must stay hidden for as long as Lambda may retry a throttled batch: six timeouts, says AWS. */
function assertPatient({ name, visibilityTimeoutSeconds, timeoutSeconds }: QueueConsumer): void {
  if (visibilityTimeoutSeconds >= 6 * timeoutSeconds) return
  throw new Error(`${name}: visibilityTimeoutSeconds must be at least ${6 * timeoutSeconds} (6 × timeout)`)
}
