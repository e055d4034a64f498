import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { type QueueName, queueNames, type TriggerDeclaration } from '../../shared/api/declaration.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Gateway } from '../constructs/gateway.ts'
import { type Capabilities, grantUses, tellKey, tellPublicUrl } from '../constructs/grants.ts'
import { type FunctionSettings, LambdaFunction } from '../constructs/lambdaFunction.ts'
import { deadLetterQueue, WorkQueue } from '../constructs/queue.ts'
import { consumeQueue, consumeStream, runOnSchedule } from '../constructs/triggers.ts'
import type { Stage } from '../stages.ts'

interface PipelineProps extends StackProps {
  readonly stage: Stage
  readonly triggers: readonly TriggerDeclaration[]
  readonly settings: FunctionSettings
  readonly gateway: Gateway
  readonly data: Omit<Capabilities, 'queues'>
}

/** What follows from a write or from the clock: stream, queues and schedules with their dead letters. */
export class PipelineStack extends Stack {
  readonly queues: Readonly<Record<QueueName, WorkQueue>>
  /** Pointers to stream records that no attempt could process; the records stay in the stream for a day. */
  readonly parked: Queue
  /** Runs of schedules that failed. */
  readonly failedRuns: Queue
  readonly functions: readonly { readonly declared: TriggerDeclaration; readonly fn: LambdaFunction }[]

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id, props)
    const queues = queueNames.map((name) => [name, this.#queue(name, props.triggers)])
    this.queues = Object.fromEntries(queues) as Record<QueueName, WorkQueue>
    props.data.sender.report(this, this.queues.mailEvents)
    this.parked = deadLetterQueue(this, 'ParkedRecords')
    this.failedRuns = deadLetterQueue(this, 'FailedRuns')
    acknowledge(
      this.parked,
      'AwsSolutions-SQS3',
      'It is a dead-letter queue: the failure destination of the stream',
    )
    this.functions = props.triggers.map((declared) => ({ declared, fn: this.#function(declared, props) }))
    for (const { name, queue, deadLetters } of Object.values(this.queues)) {
      new CfnOutput(this, `${name}QueueUrl`, { value: queue.queueUrl })
      new CfnOutput(this, `${name}DeadLettersUrl`, { value: deadLetters.queueUrl })
    }
    new CfnOutput(this, 'ParkedRecordsUrl', { value: this.parked.queueUrl })
  }

  #queue(name: QueueName, triggers: readonly TriggerDeclaration[]): WorkQueue {
    const consumer = triggers.find((trigger) => trigger.kind === 'queue' && trigger.queue === name)
    if (consumer?.kind !== 'queue') throw new Error(`Nothing consumes the queue "${name}"`)
    return new WorkQueue(this, consumer)
  }

  #function(declared: TriggerDeclaration, { stage, settings, data, gateway }: PipelineProps): LambdaFunction {
    const deadLetters = declared.kind === 'schedule' ? { deadLetters: this.failedRuns } : {}
    const mayRecur = declared.kind === 'queue' && declared.uses.queues?.includes(declared.queue) === true
    const fn = new LambdaFunction(this, { ...declared, settings, ...deadLetters, mayRecur })
    grantUses(fn, declared.uses, { ...data, queues: this.queues })
    tellPublicUrl(fn, gateway)
    if (declared.uses.sealed) tellKey(fn, stage)
    this.#attach(fn, declared, data)
    return fn
  }

  #attach(fn: LambdaFunction, declared: TriggerDeclaration, { table }: PipelineProps['data']) {
    if (declared.kind === 'stream') consumeStream(fn, declared, { table, parked: this.parked })
    else if (declared.kind === 'queue') consumeQueue(fn, declared, this.queues[declared.queue])
    else runOnSchedule(fn, declared, this.failedRuns)
  }
}
