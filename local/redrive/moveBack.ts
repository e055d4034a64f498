import {
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import type { DeadLetters } from './deadLetters.ts'

type Messages = Extract<DeadLetters, { kind: 'messages' }>

/** Seconds that a message is hidden while it is put back; one that is not done by then is put back again. */
const hiddenSeconds = 60

/** How long SQS is given to move what there is, before it is left to go on by itself. */
const patience = { looks: 60, pauseMs: 1_000 }

const isUnsupported = (error: unknown): boolean => {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
  return (
    /Unsupported|InvalidAction|UnknownOperation|NotImplemented/.test(name) ||
    $metadata?.httpStatusCode === 501
  )
}

/** Up to ten messages, hidden from others for a while. */
export const receive = async (client: SQSClient, url: string): Promise<readonly Message[]> => {
  const { Messages: found = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      MessageAttributeNames: ['All'],
      // By its old name, which every server knows.
      AttributeNames: ['All'],
    }),
  )
  return found
}

export const remove = (client: SQSClient, url: string, { ReceiptHandle }: Message): Promise<unknown> =>
  client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))

/** First into the queue, then out of the dead letters: a crash in between doubles a message, and workers know those. */
const moveOne = async (client: SQSClient, { queue, source }: Messages, message: Message): Promise<void> => {
  const { Body: MessageBody, MessageAttributes, Attributes: { MessageGroupId } = {} } = message
  await client.send(
    new SendMessageCommand({
      QueueUrl: source.url,
      MessageBody,
      ...(MessageAttributes && { MessageAttributes }),
      ...(MessageGroupId && { MessageGroupId }),
    }),
  )
  await remove(client, queue.url, message)
}

/** Moves no more than there were: what fails again comes back, and is not to be moved for ever. */
export const moveByHand = async (client: SQSClient, letters: Messages): Promise<number> => {
  let moved = 0
  while (moved < letters.queue.waiting) {
    const messages = await receive(client, letters.queue.url)
    if (messages.length === 0) return moved
    for (const message of messages) await moveOne(client, letters, message)
    moved += messages.length
  }
  return moved
}

/** Waits until SQS has moved what there is; answers how many messages that were. */
const moved = async (client: SQSClient, SourceArn: string): Promise<number> => {
  for (let look = 1; ; look++) {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }))
    const [task] = Results
    if (task?.Status === 'FAILED') throw new Error(`SQS could not move them: ${task.FailureReason}`)
    if (task?.Status !== 'RUNNING' || look === patience.looks)
      return Number(task?.ApproximateNumberOfMessagesMoved ?? 0)
    await new Promise((resolve) => setTimeout(resolve, patience.pauseMs))
  }
}

/** Puts messages back where they came from. SQS does it by itself where it can. */
export const moveBack = async (client: SQSClient, letters: Messages): Promise<number> => {
  const SourceArn = letters.queue.arn
  try {
    // Named, so that messages whose origin SQS has lost go back as well.
    await client.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: letters.source.arn }))
  } catch (error) {
    if (isUnsupported(error)) return moveByHand(client, letters)
    throw error
  }
  return moved(client, SourceArn)
}
