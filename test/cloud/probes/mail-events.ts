import { randomUUID } from 'node:crypto'
import { SendRawEmailCommand, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses'
import { account, region } from '../settings.ts'
import { ses } from './aws.ts'
import { check, judge, missing, type Probe } from './probe.ts'
import { attribute, queue, ref, told } from './resources.ts'
import { createStack } from './stack.ts'

const name = 'probe-events'
const sender = 'probe-events@example.com'

const destination = (EventBusArn: string) => ({
  Name: 'bus',
  Enabled: true,
  MatchingEventTypes: ['bounce', 'complaint'],
  EventBridgeDestination: { EventBusArn },
})

const resources = {
  Told: queue(),
  Allowed: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref('Told')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Resource: attribute('Told', 'Arn'),
          },
        ],
      },
    },
  },
  Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: name } },
  Destination: {
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    DependsOn: 'Set',
    Properties: {
      ConfigurationSetName: name,
      EventDestination: destination(`arn:aws:events:${region}:${account}:event-bus/default`),
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': [name] } } },
      },
      Targets: [{ Id: 'told', Arn: attribute('Told', 'Arn') }],
    },
  },
}

interface Told {
  readonly detail: {
    readonly eventType: string
    readonly mail: { readonly messageId: string; readonly tags: Readonly<Record<string, readonly string[]>> }
    readonly bounce?: { readonly bounceType: string }
  }
}

/** Mails to addresses that refuse them, by SES's mailbox simulator, and what a rule of the event bus hears of it. */
export const probeMailEvents: Probe = async (cloud) => {
  const { outputs } = await createStack(cloud, name, resources, { told: ref('Told') })
  const client = ses(cloud)
  await client.send(new VerifyEmailIdentityCommand({ EmailAddress: sender }))
  const send = async (who: string, tag: string, ConfigurationSetName?: string) => {
    const to = `${who}+${randomUUID()}@simulator.amazonses.com`
    const Data = Buffer.from(`From: ${sender}\r\nTo: ${to}\r\nSubject: Probe\r\n\r\nText\r\n`)
    const Tags = [{ Name: 'probe', Value: tag }]
    const mail = { Destinations: [to], RawMessage: { Data }, Tags, ConfigurationSetName }
    return (await client.send(new SendRawEmailCommand(mail))).MessageId
  }
  await send('bounce', 'not-published')
  await send('success', 'delivered', name)
  const id = await send('bounce', 'bounced', name)
  await send('complaint', 'complained', name)
  const events = await told<Told>(cloud, outputs.told ?? '', (all) => all.length >= 2)
  return [
    await check('mail-events', async () => {
      const [first] = events
      if (first === undefined) return missing('no event')
      const seen = events.map(({ detail }) => `${detail.mail.tags.probe} ${detail.eventType}`).join(', ')
      const { mail, bounce } = first.detail
      const isRight = mail.messageId === id && bounce?.bounceType === 'Permanent'
      return judge(isRight && seen === 'bounced Bounce, complained Complaint', seen)
    }),
  ]
}
