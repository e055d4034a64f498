import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoTable } from '../data/dynamoTable.ts'
import type { Table } from '../data/tablePort.ts'
import { tableName } from './environment.ts'

/** One client for the life of the container. */
const dynamo = new DynamoDBClient({ maxAttempts: 4 })

export const table: Table = dynamoTable(
  DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
  tableName(),
)
