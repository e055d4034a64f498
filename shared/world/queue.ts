import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { queueUrlVariable } from '../api/environment.ts'
import type { NoticeMessage } from '../api/schemas/notice.ts'
import type { NoticeQueue } from '../domain/pipeline/notices.ts'
import { required } from './environment.ts'

const batchLimit = 10

/** Splits a list into runs of at most `size`. */
const runs = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

/** The queue of notices over SQS. A message that SQS does not take fails the call: the caller runs again. */
const noticeQueue = (client: SQSClient, QueueUrl: string): NoticeQueue => ({
  send: async (messages) => {
    const sendRun = async (run: readonly NoticeMessage[]): Promise<void> => {
      const Entries = run.map((message, n) => ({ Id: String(n), MessageBody: JSON.stringify(message) }))
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
      if (Failed.length > 0) throw new Error(`the queue refused ${Failed.length} of ${run.length} notices`)
    }
    await Promise.all(runs(messages, batchLimit).map(sendRun))
  },
})

export const notifications = (): NoticeQueue =>
  noticeQueue(new SQSClient({ maxAttempts: 4 }), required(queueUrlVariable('notifications')))
