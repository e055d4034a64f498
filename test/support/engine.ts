import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
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

/** A real DynamoDB engine in memory with an empty table of its own. */
export const startEngine = async (): Promise<Engine> => {
  const tableName = 'duely-test'
  const part = await startDynamoDb({ file: undefined, tableName })
  const client = new DynamoDBClient(clientOptions(part.endpoint))
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
