import { Stack, type StackProps } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { byFunction, metricNamespace, statisticsDrift } from '../../shared/api/metrics.ts'
import { reconcileStatistics } from '../../shared/api/triggers.ts'
import { Alarms, fiveMinutes, highest, throttledInvocations } from '../constructs/alarms.ts'
import type { HttpGateway } from '../constructs/httpGateway.ts'
import type { AwsStage } from '../stages.ts'
import type { PipelineStack } from './pipelineStack.ts'

interface WatchProps extends StackProps {
  readonly stage: AwsStage
  readonly gateway: HttpGateway
  readonly pipeline: PipelineStack
}

const tenMinutesInMs = 600_000
const tenMinutesInSeconds = 600

/** Alarms, named by what people would notice. */
export class WatchStack extends Stack {
  readonly #alarms: Alarms

  constructor(scope: Construct, id: string, { stage, gateway, pipeline, ...props }: WatchProps) {
    super(scope, id, props)
    this.#alarms = new Alarms(this, 'Alarms', stage)
    this.#watchRequests(gateway)
    this.#watchFunctions(pipeline)
    this.#watchDelays(pipeline)
    this.#watchDeadLetters(pipeline)
    this.#watchStatistics(pipeline)
  }

  #watchRequests(gateway: HttpGateway) {
    this.#alarms.add({
      id: 'ServerErrors',
      impact: 'people get errors from the API',
      remedy: 'Look for status 500 in the functions’ logs, by the request id of the access log',
      metric: gateway.api.metricServerError(fiveMinutes),
      above: 5,
    })
    this.#alarms.add({
      id: 'Throttles',
      impact: 'requests and reminders wait because functions are throttled',
      remedy: 'Raise the account’s quota of concurrent executions of Lambda',
      metric: throttledInvocations(),
      above: 10,
    })
  }

  #watchFunctions({ functions }: PipelineStack) {
    for (const { declared, fn } of functions) {
      // What others fail at ends in their dead letters, which are watched.
      if (declared.kind !== 'stream' || declared.feeds === undefined) continue
      this.#alarms.add({
        id: `${declared.name}Errors`,
        impact: `${declared.name} fails: ${declared.summary}`,
        remedy: 'Read the log of the function; failed events are tried again, then parked',
        metric: fn.lambda.metricErrors(fiveMinutes),
        above: 0,
        periods: 2,
      })
    }
  }

  #watchDelays({ functions, queues }: PipelineStack) {
    for (const { declared, fn } of functions) {
      if (declared.kind !== 'stream' || declared.feeds === undefined) continue
      this.#alarms.add({
        id: `${declared.name}Age`,
        impact: `${declared.feeds} trail behind by ten minutes`,
        remedy: 'The consumer of the table’s stream is stuck or too slow; after a day records are lost',
        metric: fn.lambda.metric('IteratorAge', highest),
        above: tenMinutesInMs,
      })
    }
    for (const { name, feeds, queue } of Object.values(queues)) {
      if (feeds === undefined) continue
      this.#alarms.add({
        id: `${name}Age`,
        impact: `${feeds} wait for more than ten minutes`,
        remedy: 'The consumer of the queue is stuck or too slow',
        metric: queue.metricApproximateAgeOfOldestMessage(highest),
        above: tenMinutesInSeconds,
      })
    }
  }

  #watchDeadLetters({ queues, parked, failedRuns }: PipelineStack) {
    for (const { name, deadLetters } of Object.values(queues)) {
      this.#watchDepth(`${name}DeadLetters`, deadLetters, `${name} were not delivered`)
    }
    this.#watchDepth('ParkedRecords', parked, 'a write has no history, no mail and no statistics')
    this.#watchDepth('FailedRuns', failedRuns, 'a sweep of the reminders did not run through')
  }

  #watchStatistics({ functions }: PipelineStack) {
    const counting = functions.find(({ declared }) => declared.name === reconcileStatistics.name)
    if (counting === undefined) return
    this.#alarms.add({
      id: 'StatisticsDrift',
      impact: 'statistics tell other numbers than the lists',
      remedy:
        'Look for statistics.drift in the log of reconcileStatistics, which names workspace and project',
      metric: new Metric({
        namespace: metricNamespace,
        metricName: statisticsDrift,
        dimensionsMap: { [byFunction]: counting.fn.lambda.functionName },
        ...highest,
      }),
      above: 0,
    })
  }

  #watchDepth(id: string, queue: Queue, impact: string) {
    this.#alarms.add({
      id,
      impact,
      remedy: 'Read a message of the dead-letter queue, mend the cause, then redrive the queue',
      metric: queue.metricApproximateNumberOfMessagesVisible(highest),
      above: 0,
    })
  }
}
