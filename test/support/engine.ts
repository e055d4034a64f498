import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { startDynamoDb } from '../../local/parts/dynamodb.ts'
import { clientOptions } from '../../local/parts/part.ts'
import { dynamoTable } from '../../shared/data/dynamoTable.ts'
import type { Table } from '../../shared/data/tablePort.ts'

export interface Engine {
  readonly client: DynamoDBClient
  readonly table: Table
  readonly tableName: string
  readonly endpoint: string
  close(): Promise<void>
}

/** The engine wants to see that somebody has signed, and checks nothing of it. */
export const signed = {
  'x-amz-date': '20200101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
}
type Signer = Extract<NonNullable<DynamoDBClientConfig['signer']>, { sign: unknown }>

/** Neither signs what nobody checks nor filters what nobody logs: a good part of what a call costs. */
export const thriftyOptions = (endpoint: string) => ({
  ...clientOptions(endpoint),
  signer: {
    sign: async (request) => {
      Object.assign(request.headers, signed)
      return request
    },
  } satisfies Signer,
  logger: {} as NonNullable<DynamoDBClientConfig['logger']>,
})

/** A real DynamoDB engine in memory with an empty table of its own. */
export const startEngine = async (): Promise<Engine> => {
  const tableName = 'duely-test'
  const part = await startDynamoDb({ file: undefined, tableName })
  const client = new DynamoDBClient(thriftyOptions(part.endpoint))
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  return {
    client,
    tableName,
    endpoint: part.endpoint,
    table: dynamoTable(documents, tableName),
    close: async () => {
      client.destroy()
      await part.close()
    },
  }
}
