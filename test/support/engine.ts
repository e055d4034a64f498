import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Files that nobody needs afterwards lie in memory, where the machine has a place for such. */
const sharedMemory = '/dev/shm'
const scratch = existsSync(sharedMemory) ? sharedMemory : tmpdir()

/**
 * A real DynamoDB engine with an empty table of its own. It keeps a file rather than nothing at all: only there its
 * stream has the indexes without which each write reads all of it.
 */
export const startEngine = async (): Promise<Engine> => {
  const tableName = 'duely-test'
  const folder = mkdtempSync(join(scratch, 'duely-engine-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  const part = await startDynamoDb({ file: join(folder, 'table.sqlite'), tableName })
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
      process.off('exit', remove)
      remove()
    },
  }
}
