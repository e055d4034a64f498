import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { eventually } from '../wait.ts'
import { sqs } from './aws.ts'
import { check, judge, missing, type Probe } from './probe.ts'
import { attribute, lambda, mapping, queue, ref, told } from './resources.ts'
import { createStack } from './stack.ts'

// Fails `bad` for ever, tells when `late` came, and tells each delivery, so that the others must not come twice.
const consumer = `exports.handler = async (event) => {
  for (const { body } of event.Records) await tell(body === 'late' ? 'late ' + Date.now() : body)
  const bad = event.Records.filter((record) => record.body === 'bad')
  return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) }
}`

const resources = {
  Told: queue(),
  Dead: queue(),
  Work: queue({
    VisibilityTimeout: 1,
    RedrivePolicy: { deadLetterTargetArn: attribute('Dead', 'Arn'), maxReceiveCount: 2 },
  }),
  Consumer: lambda(consumer, { TOLD: ref('Told') }),
  Mapping: mapping({
    EventSourceArn: attribute('Work', 'Arn'),
    FunctionName: ref('Consumer'),
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
}

const delaySeconds = 3

/** A queue with its consumer and dead-letter queue, as CloudFormation makes them. */
export const probeQueue: Probe = async (cloud) => {
  const urls = { told: ref('Told'), work: ref('Work'), dead: ref('Dead') }
  const { outputs } = await createStack(cloud, 'probe-queue', resources, urls)
  const client = sqs(cloud)
  const delayed = Date.now()
  const late = { QueueUrl: outputs.work, MessageBody: 'late', DelaySeconds: delaySeconds }
  await client.send(new SendMessageCommand(late))
  const entries = ['good', 'bad', 'fine'].map((body) => ({ Id: body, MessageBody: body }))
  await client.send(new SendMessageBatchCommand({ QueueUrl: outputs.work, Entries: entries }))
  const count = (values: readonly string[], body: string) => values.filter((value) => value === body).length
  const values = await told<string>(
    cloud,
    outputs.told ?? '',
    (seen) => count(seen, 'bad') >= 2 && seen.length >= 5,
  )

  return [
    await check('queue-consumer', async () =>
      judge(count(values, 'good') > 0, `${values.length} deliveries`),
    ),
    await check('queue-partial-batch', async () => {
      const counts = ['good', 'fine', 'bad'].map((body) => count(values, body)).join(' ')
      return judge(counts === '1 1 2', `good, fine and failing delivered ${counts} times`)
    }),
    await check('queue-delay', async () => {
      const at = values.find((value) => value.startsWith('late'))?.split(' ')[1]
      if (at === undefined) return missing('not delivered')
      const seconds = (Number(at) - delayed) / 1_000
      return judge(seconds >= delaySeconds, `${delaySeconds} s asked, ${seconds} s seen`)
    }),
    await check('queue-redrive', async () => {
      const wanted = { QueueUrl: outputs.work, AttributeNames: ['RedrivePolicy' as const] }
      const { Attributes } = await client.send(new GetQueueAttributesCommand(wanted))
      if (!Attributes?.RedrivePolicy) return judge(false, 'the policy is dropped')
      const dead = await deadLetters(client, outputs.dead ?? '')
      return judge(dead === 1, `${dead} dead letter after 2 deliveries`)
    }),
  ]
}

async function deadLetters(client: ReturnType<typeof sqs>, url: string): Promise<number> {
  const wanted = { QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages' as const] }
  const count = async () => {
    const { Attributes } = await client.send(new GetQueueAttributesCommand(wanted))
    return Number(Attributes?.ApproximateNumberOfMessages)
  }
  return (await eventually(async () => (await count()) || undefined)) ?? 0
}
