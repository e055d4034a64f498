import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { failuresIn } from '../../../../local/lambda/batchReply.ts'
import type { QueueConsumer } from '../../../../shared/api/declaration.ts'
import type { VirtualTime } from './time.ts'
import type { Weather } from './weather.ts'

export interface Message {
  readonly id: string
  readonly body: string
  readonly sentAt: number
  visibleAt: number
  receives: number
  /** It has come back once although it was done with, or was given to two at once: that happens seldom. */
  isDoubled: boolean
}

export type InvokeQueue = (event: SQSEvent) => Promise<SQSBatchResponse>

/**
 * A standard queue of SQS with the mapping that feeds it to a function: at least once, in any order, invisible while
 * somebody has it, back after the visibility timeout, parked once it was received so often.
 */
export const standardQueue = (
  consumer: QueueConsumer,
  time: VirtualTime,
  weather: Weather,
  acknowledgesFirst = false,
) => {
  let messages: Message[] = []
  const parked: Message[] = []
  let sent = 0
  let running = 0
  let invoke: InvokeQueue = async () => ({ batchItemFailures: [] })

  const visible = (): Message[] => messages.filter(({ visibleAt }) => visibleAt <= time.now())
  const remove = (message: Message): void => {
    messages = messages.filter((one) => one !== message)
  }
  /** Looks again when the message can be seen. */
  const lookAgain = ({ visibleAt }: Message): void => void time.at(visibleAt, pump)

  const receive = (): Message[] => {
    const most = Math.min(consumer.batchSize, 10)
    const got = weather.order(visible()).slice(0, weather.batch(most))
    for (const message of got) {
      message.receives += 1
      if (!message.isDoubled && weather.toTwo()) message.isDoubled = true
      else message.visibleAt = time.now() + consumer.visibilityTimeoutSeconds * 1000
    }
    const dead = got.filter(({ receives }) => receives > consumer.maxReceives)
    parked.push(...dead)
    dead.forEach(remove)
    const live = got.filter((message) => !dead.includes(message))
    live.forEach(lookAgain)
    return live
  }

  const toRecord = ({ id, body, sentAt, receives }: Message): SQSRecord => ({
    messageId: id,
    receiptHandle: `${id} ${receives}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: String(sentAt),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-west-1:000000000000:${consumer.queue}`,
    awsRegion: 'eu-west-1',
  })

  const handOver = async (got: readonly Message[]): Promise<void> => {
    running += 1
    if (acknowledgesFirst) got.forEach(remove)
    const reply = await invoke({ Records: got.map(toRecord) }).catch(() => 'died' as const)
    running -= 1
    const ids = got.map(({ id }) => id)
    const failures = reply === 'died' ? 'all' : failuresIn(reply, ids)
    const done = failures === 'all' ? [] : got.filter(({ id }) => !failures.has(id))
    for (const message of done) {
      // A server may miss a deletion: then the message comes back.
      if (message.isDoubled || !weather.again()) remove(message)
      else message.isDoubled = true
    }
    pump()
  }

  const pump = (): void => {
    while (running < consumer.maxConcurrency && visible().length > 0) {
      const got = receive()
      if (got.length > 0) void handOver(got)
    }
  }

  return {
    consumer,
    parked,
    waiting: (): readonly Message[] => messages,
    feeds: (to: InvokeQueue): void => {
      invoke = to
    },
    /** Takes messages, which arrive after so many seconds at the earliest. */
    accept: (bodies: readonly string[], delaySeconds = 0): void => {
      for (const body of bodies) {
        const visibleAt = time.now() + delaySeconds * 1000 + weather.rest()
        const message = {
          id: `message-${++sent}`,
          body,
          sentAt: time.now(),
          visibleAt,
          receives: 0,
          isDoubled: false,
        }
        messages.push(message)
        lookAgain(message)
      }
    },
    /** Puts what was parked back, as a redrive does. */
    redrive: (): void => {
      for (const message of parked.splice(0)) {
        messages.push({ ...message, receives: 0, visibleAt: time.now() })
      }
      void time.after(0, pump)
    },
  }
}
export type StandardQueue = ReturnType<typeof standardQueue>
