import { Annotations, Stack } from 'aws-cdk-lib'
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses'
import { Construct } from 'constructs'
import { environmentNames } from '../../shared/api/environment.ts'
import { type Sender, type Stage, unsetSender } from '../stages.ts'
import { factReference } from './deploymentFacts.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

const warnOfSilence = (scope: Construct) =>
  Annotations.of(scope).addWarningV2('duely:sender', 'No mail will be sent: name a sender with -c sender=…')

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
    }
  }

  /** Lets the function send from this one address, and tells it what it needs for it. */
  grantSend(fn: LambdaFunction): void {
    const { sender } = this.#stage
    const { address } = sender
    fn.allow(['ses:SendRawEmail'], [senderIdentityArn(this, sender)], {
      StringEquals: { 'ses:FromAddress': address },
    })
    fn.tell({
      [environmentNames.mailSender]: address,
      // Seals the links by which mails are stopped.
      [environmentNames.cursorKey]: factReference(this.#stage, 'cursorKey'),
    })
  }
}
