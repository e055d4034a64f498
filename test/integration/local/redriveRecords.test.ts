import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams'
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { clientOptions } from '../../../local/parts/part.ts'
import { declaredQueues, streamDeadLetters } from '../../../local/parts/queueNames.ts'
import { startSqs } from '../../../local/parts/sqs.ts'
import { redrive } from '../../../local/redrive/redrive.ts'
import { triggers } from '../../../shared/api/triggers.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const streamArn = 'arn:aws:dynamodb:eu-central-1:000000000000:table/duely/stream/1'
const empty: readonly number[] = []
const emptyPages = (count: number) => Array.from({ length: count }, () => empty)

const recordAt = (number: number): StreamRecord => ({
  eventID: String(number),
  eventName: 'INSERT',
  awsRegion: 'eu-central-1',
  dynamodb: {
    Keys: { PK: { S: 'WSP#1' }, SK: { S: `EVT#${number}` } },
    SequenceNumber: String(number),
  },
})

/**
 * A stream whose one shard answers these pages, page by page. A closed shard has no iterator after its last page, one that
 * is open answers empty pages for ever.
 */
const streamOf = (pages: readonly (readonly number[])[], isOpen: boolean) => {
  let looks = 0
  const send = async (command: unknown) => {
    if (command instanceof GetShardIteratorCommand) return { ShardIterator: '0' }
    if (!(command instanceof GetRecordsCommand)) throw new Error('nothing else is asked of a stream')
    looks++
    const at = Number(command.input.ShardIterator)
    const NextShardIterator = isOpen || at + 1 < pages.length ? String(at + 1) : undefined
    return { Records: (pages[at] ?? []).map(recordAt), NextShardIterator }
  }
  return { streams: { send } as unknown as DynamoDBStreamsClient, looks: () => looks }
}

/** Feeds the records 1 to 4 of such a stream again; what the reader got, and whether the message is still there. */
const feedFour = async (pages: readonly (readonly number[])[], isOpen = true) => {
  const part = await startSqs({ dataDir: temporaryDirectory(), queues: declaredQueues(triggers) })
  const sqs = new SQSClient(clientOptions(part.endpoint))
  onTestFinished(async () => {
    sqs.destroy()
    await part.close()
  })
  const QueueUrl = part.queueUrl(streamDeadLetters)
  const message = {
    requestContext: { functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:followLog' },
    DDBStreamBatchInfo: { shardId: '1', startSequenceNumber: '1', endSequenceNumber: '4', streamArn },
  }
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }))
  const { streams, looks } = streamOf(pages, isOpen)
  const fed: string[] = []
  const lines: string[] = []
  await redrive({
    sqs,
    streams,
    feed: async (_, { Records }) => {
      fed.push(...Records.map(({ eventID }) => String(eventID)))
      return { batchItemFailures: [] }
    },
    prefix: '',
    queue: 'stream',
    dryRun: false,
    log: (line) => void lines.push(line),
  })
  // The local server counts what is hidden for a while as well.
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  )
  const left = Number(Attributes?.ApproximateNumberOfMessages)
  return { fed, left, looks: looks(), lines }
}

test.each([
  ['in the middle', [[1, 2], [], [3, 4, 5]]],
  ['at the beginning', [[], [1, 2, 3, 4]]],
  ['nineteen times in a row, twice', [...emptyPages(19), [1, 2], ...emptyPages(19), [3], [4]]],
])('records that were parked are fed whole where the stream answers empty pages %s', async (_, pages) => {
  const { fed, left } = await feedFour(pages)
  expect(fed).toEqual(['1', '2', '3', '4'])
  expect(left).toBe(0)
})

test.each([
  ['nothing more comes', [[1, 2]], true, 21],
  ['the shard ends', [[1, 2], [3]], false, 2],
  ['others follow', [[1, 2], [5]], true, 2],
  ['there are none', [], true, 20],
])('where %s before the last of them, the message stays and says so', async (_, pages, isOpen, expected) => {
  const { fed, left, looks, lines } = await feedFour(pages, isOpen)
  expect(fed).toEqual([])
  expect(left).toBe(1)
  expect(looks).toBe(expected)
  expect(lines.join()).toContain('the message stays')
})
