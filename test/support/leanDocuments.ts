import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import { signed } from './engine.ts'

/** Names of operations, by those of the commands of the document client. */
const operations: Readonly<Record<string, string>> = {
  BatchGetCommand: 'BatchGetItem',
  DeleteCommand: 'DeleteItem',
  PutCommand: 'PutItem',
  QueryCommand: 'Query',
  TransactWriteCommand: 'TransactWriteItems',
  UpdateCommand: 'UpdateItem',
}

/** Where documents lie, in what is asked and what is answered; all else is structure. */
const documents = new Set([
  'Item',
  'Key',
  'Attributes',
  'ExpressionAttributeValues',
  'ExclusiveStartKey',
  'LastEvaluatedKey',
])
const lists = new Set(['Items', 'Keys'])
type Translate = (document: Record<string, never>) => unknown

const translated = (value: unknown, by: Translate, name = ''): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (documents.has(name)) return by(value as Record<string, never>)
  if (Array.isArray(value)) {
    return value.map((one) => (lists.has(name) ? by(one) : translated(one, by)))
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, translated(one, by, key)]))
}

/** The responses of a batch lie by tables, each a list of documents. */
const answerOf = ({ Responses, ...rest }: { Responses?: Record<string, Record<string, never>[]> }) => ({
  ...(translated(rest, unmarshall) as object),
  ...(Responses !== undefined && {
    Responses: Object.fromEntries(
      Object.entries(Responses).map(([table, items]) => [table, items.map((item) => unmarshall(item))]),
    ),
  }),
})

const failureOf = (body: { __type?: string; message?: string; CancellationReasons?: [] }): Error => {
  const { __type = '', message = '', CancellationReasons = [] } = body
  const name = __type.split('#').at(-1) ?? ''
  if (name === 'TransactionCanceledException') {
    return new TransactionCanceledException({ message, CancellationReasons, $metadata: {} })
  }
  return Object.assign(new Error(message), body, { name })
}

/**
 * A document client that speaks the protocol and does nothing else: neither retries nor checks, at a third of the
 * SDK's time. For tests of many thousand calls, whose subject is not the SDK.
 */
export const leanDocuments = (endpoint: string): { client: DynamoDBDocumentClient; close: () => void } => {
  const agent = new Agent({ keepAlive: true })
  const send = async (command: { constructor: { name: string }; input: unknown }) => {
    const operation = operations[command.constructor.name]
    if (operation === undefined) throw new Error(`${command.constructor.name} is not spoken here`)
    const marshalled = translated(command.input, (document) =>
      marshall(document, { removeUndefinedValues: true }),
    )
    const headers = {
      ...signed,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    }
    const { status, answer } = await new Promise<{ status: number | undefined; answer: string }>(
      (resolve, reject) => {
        const sent = request(endpoint, { method: 'POST', agent, headers }, (reply) =>
          text(reply).then((answer) => resolve({ status: reply.statusCode, answer }), reject),
        )
        sent.on('error', reject)
        sent.end(JSON.stringify(marshalled))
      },
    )
    const body = JSON.parse(answer)
    if (status !== 200) throw failureOf(body)
    return answerOf(body)
  }
  return { client: { send } as unknown as DynamoDBDocumentClient, close: () => agent.destroy() }
}
