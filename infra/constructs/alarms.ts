import { Duration, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { AwsStage } from '../stages.ts'

export interface Watched {
  readonly id: string
  /** What it means for people when it goes off; becomes the alarm's name. */
  readonly impact: string
  /** What to do about it. */
  readonly remedy: string
  readonly metric: IMetric
  /** Alarm when the metric is above this … */
  readonly above: number
  /** … for this many of its periods in a row; default 1. */
  readonly periods?: number
}

/** Sum over five minutes, or the statistic and period given. */
export const fiveMinutes = { period: Duration.minutes(5), statistic: Stats.SUM } as const
export const highest = { period: Duration.minutes(5), statistic: Stats.MAXIMUM } as const

/** Refused invocations of all functions: what runs out is the account's concurrency, which they share. */
export const throttledInvocations = () =>
  new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...fiveMinutes })

/**
 * Alarms, with a mail to the stage's address if it names one. Each bills after the tenth of an account,
 * so they watch what people would notice rather than each function.
 */
export class Alarms extends Construct {
  readonly #action: SnsAction | undefined
  readonly #prefix: string

  constructor(scope: Construct, id: string, stage: AwsStage) {
    super(scope, id)
    this.#prefix = `duely-${stage.name}`
    this.#action = stage.alarmMail ? new SnsAction(this.#topic(stage.alarmMail)) : undefined
  }

  add({ id, impact, remedy, metric, above, periods = 1 }: Watched): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.#prefix}: ${impact}`,
      alarmDescription: remedy,
      metric,
      threshold: above,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    if (this.#action) alarm.addAlarmAction(this.#action)
    if (this.#action) alarm.addOkAction(this.#action)
  }

  #topic(address: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true })
    // A policy of its own replaces the default one, which let the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
    const subscription = topic.addSubscription(new EmailSubscription(address))
    acknowledge(
      subscription,
      'Serverless-SNSRedrivePolicy',
      'Nobody could redrive the mail of an alarm; its state stays visible in CloudWatch',
    )
    return topic
  }
}
