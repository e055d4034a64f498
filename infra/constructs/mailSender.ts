import { Annotations, Stack } from 'aws-cdk-lib'
import { EventBus, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import { environmentNames } from '../../shared/api/environment.ts'
import { type Sender, type Stage, unsetSender } from '../stages.ts'
import { factReference } from './deploymentFacts.ts'
import type { LambdaFunction } from './lambdaFunction.ts'
import type { WorkQueue } from './queue.ts'

const warnOfSilence = (scope: Construct) =>
  Annotations.of(scope).addWarningV2('duely:sender', 'No mail will be sent: name a sender with -c sender=…')

const configurationSetOf = ({ name }: Stage): string => `duely-${name}`
const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1)
const identityName = ({ verify, address }: Sender) => (verify === 'domain' ? domainOf(address) : address)

/** ARN of what SES verified for this sender, in the scope's account and region. */
export const senderIdentityArn = (scope: Construct, sender: Sender): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: identityName(sender) })

/** The address that mails come from. */
export class MailSender extends Construct {
  readonly #stage: Stage

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id)
    this.#stage = stage
    const { sender, profile } = stage
    // LocalStack 4.14 declares the resource type but cannot create it: its deploy script verifies the address.
    if (profile === 'aws') {
      if (sender === unsetSender) warnOfSilence(this)
      const name = identityName(sender)
      const identity = sender.verify === 'domain' ? Identity.domain(name) : Identity.email(name)
      new EmailIdentity(this, 'Identity', { identity })
      this.#publishEvents()
    }
  }

  /** SES publishes only to the bus that each account has. */
  #publishEvents(): void {
    const set = new ConfigurationSet(this, 'Events', {
      configurationSetName: configurationSetOf(this.#stage),
      // Addresses that refuse mails stand in our table, where people can take them up again.
      disableSuppressionList: true,
    })
    set.addEventDestination('Bus', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    })
  }

  /** Puts what SES publishes of our mails into the queue. LocalStack publishes nothing. */
  report(scope: Construct, { queue, deadLetters }: WorkQueue): void {
    if (this.#stage.profile !== 'aws') return
    new Rule(scope, 'MailEvents', {
      description: 'What became of mails that were sent',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetOf(this.#stage)] } } },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    })
  }

  /** Lets the function send from this one address, and tells it what it needs for it. */
  grantSend(fn: LambdaFunction): void {
    const { sender } = this.#stage
    const { address } = sender
    const publishes = this.#stage.profile === 'aws'
    const configurationSet = configurationSetOf(this.#stage)
    const resourceName = configurationSet
    const setArn = Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName })
    fn.allow(['ses:SendRawEmail'], [senderIdentityArn(this, sender), ...(publishes ? [setArn] : [])], {
      StringEquals: { 'ses:FromAddress': address },
    })
    fn.tell({
      [environmentNames.mailSender]: address,
      ...(publishes && { [environmentNames.mailConfigurationSet]: configurationSet }),
      // Seals the links by which mails are stopped.
      [environmentNames.cursorKey]: factReference(this.#stage, 'cursorKey'),
    })
  }
}
