import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { queueNames } from '../../shared/api/declaration.ts'
import { streamDeadLetters } from '../parts/queueNames.ts'

interface Queue {
  readonly name: string
  readonly url: string
  readonly arn: string
  /** About so many messages. */
  readonly waiting: number
  /** Where what fails goes. */
  readonly deadLettersArn: string | undefined
}

/** A queue that keeps what failed. */
export type DeadLetters =
  | { readonly kind: 'messages'; readonly name: string; readonly queue: Queue; readonly source: Queue }
  /** Pointers to records of the stream. */
  | { readonly kind: 'records'; readonly name: 'stream'; readonly queue: Queue }
  /** Runs of schedules: the next run does everything that is due. */
  | { readonly kind: 'runs'; readonly name: 'schedules'; readonly queue: Queue }

const urlsOf = async (client: SQSClient, prefix: string): Promise<string[]> => {
  const urls: string[] = []
  let NextToken: string | undefined
  do {
    const page = await client.send(
      new ListQueuesCommand({
        MaxResults: 100,
        ...(prefix !== '' && { QueueNamePrefix: prefix }),
        ...(NextToken && { NextToken }),
      }),
    )
    urls.push(...(page.QueueUrls ?? []))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return urls
}

const queueAt = async (client: SQSClient, url: string, prefix: string): Promise<Queue> => {
  const { Attributes: found = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['QueueArn', 'RedrivePolicy', 'ApproximateNumberOfMessages'],
    }),
  )
  const policy = found.RedrivePolicy === undefined ? {} : JSON.parse(found.RedrivePolicy)
  return {
    name: (url.split('/').at(-1) ?? '').slice(prefix.length),
    url,
    arn: String(found.QueueArn),
    waiting: Number(found.ApproximateNumberOfMessages ?? 0),
    deadLettersArn: policy.deadLetterTargetArn,
  }
}

/**
 * All queues of a deployment that keep what failed.
 * @param prefix of the names of its queues: `duely-<stage>-pipeline-`; empty on the embedded runtime
 */
export const findDeadLetters = async (client: SQSClient, prefix: string): Promise<DeadLetters[]> => {
  const urls = await urlsOf(client, prefix)
  const queues = await Promise.all(urls.map((url) => queueAt(client, url, prefix)))
  return queues.flatMap((queue): DeadLetters[] => {
    const source = queues.find(({ deadLettersArn }) => deadLettersArn === queue.arn)
    const name = queueNames.find((one) => source?.name.startsWith(one))
    if (source !== undefined) return [{ kind: 'messages', name: name ?? source.name, queue, source }]
    if (queue.name.startsWith('ParkedRecords') || queue.name === streamDeadLetters)
      return [{ kind: 'records', name: 'stream', queue }]
    return queue.name.startsWith('FailedRuns') ? [{ kind: 'runs', name: 'schedules', queue }] : []
  })
}
