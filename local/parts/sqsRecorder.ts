import type { IncomingMessage, ServerResponse } from 'node:http'
import type { QueueJournal } from './queueJournal.ts'

type Json = Record<string, unknown>

/**
 * Writes what an SQS request changed to the journal before its reply leaves. Only the JSON protocol is
 * spoken here (every AWS SDK and CLI of today does); a request in the old query protocol is refused,
 * because its messages would not be kept.
 */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  journal: QueueJournal,
): boolean {
  const action = String(request.headers['x-amz-target'] ?? '').split('.')[1]
  if (action === undefined) {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end('{"__type":"InvalidAction","message":"Use the JSON protocol (x-amz-target)."}')
    return false
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  const end = response.end.bind(response) as (body?: string) => ServerResponse
  response.end = ((body?: string) => {
    if (response.statusCode === 200) record(journal, action, parse(Buffer.concat(chunks)), parse(body))
    return end(body)
  }) as typeof response.end
  return true
}

const parse = (body: string | Buffer | undefined): Json => {
  const text = String(body ?? '')
  return text === '' ? {} : (JSON.parse(text) as Json)
}

const recorders: Record<string, (journal: QueueJournal, input: Json, reply: Json) => void> = {
  SendMessage: (journal, input, reply) => add(journal, queueOf(input), input, reply.MessageId),
  SendMessageBatch: (journal, input, reply) => {
    const entries = list(input.Entries)
    for (const sent of list(reply.Successful)) {
      const entry = entries.find(({ Id }) => Id === sent.Id)
      if (entry !== undefined) add(journal, queueOf(input), entry, sent.MessageId)
    }
  },
  ReceiveMessage: (journal, _input, reply) => {
    for (const message of list(reply.Messages)) journal.received(String(message.MessageId))
  },
  DeleteMessage: (journal, input) => journal.remove(messageIdIn(input.ReceiptHandle)),
  DeleteMessageBatch: (journal, input, reply) => {
    const deleted = new Set(list(reply.Successful).map(({ Id }) => Id))
    for (const entry of list(input.Entries)) {
      if (deleted.has(entry.Id)) journal.remove(messageIdIn(entry.ReceiptHandle))
    }
  },
  PurgeQueue: (journal, input) => journal.purge(queueOf(input)),
  StartMessageMoveTask: (journal, input) => journal.redriven(String(input.SourceArn).split(':').at(-1) ?? ''),
}

function record(journal: QueueJournal, action: string, input: Json, reply: Json): void {
  recorders[action]?.(journal, input, reply)
}

function add(journal: QueueJournal, queue: string, message: Json, id: unknown): void {
  const { QueueUrl: _queueUrl, Id: _entryId, DelaySeconds: delay, ...input } = message
  journal.add({ id: String(id), queue, input, visibleAt: Date.now() + Number(delay ?? 0) * 1000 })
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const queueOf = (input: Json): string => String(input.QueueUrl).split('/').at(-1) ?? ''

/** The server's receipt handles are base64 of a random UUID followed by JSON that names the message. */
function messageIdIn(receiptHandle: unknown): string {
  const text = Buffer.from(String(receiptHandle), 'base64').toString()
  const { MessageId } = JSON.parse(text.slice(text.indexOf('{'))) as { MessageId: string }
  return MessageId
}
