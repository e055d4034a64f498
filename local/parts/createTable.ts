import type { CreateTableCommandInput, GlobalSecondaryIndex, Projection } from '@aws-sdk/client-dynamodb'
import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { tableDefinition } from '../../shared/data/table.ts'

type Index = (typeof tableDefinition.indexes)[keyof typeof tableDefinition.indexes]

const projectionOf = ({ projection }: Index): Projection =>
  typeof projection === 'string'
    ? { ProjectionType: projection }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projection] }

const keySchema = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
]

const indexOf = ([name, index]: [string, Index]): GlobalSecondaryIndex => ({
  IndexName: name,
  KeySchema: keySchema(index.pk, index.sk),
  Projection: projectionOf(index),
})

/** The table of `shared/data/table.ts` as DynamoDB's CreateTable takes it. TTL is set by a second call. */
function createTableInput(tableName: string): CreateTableCommandInput {
  const indexes = Object.entries(tableDefinition.indexes)
  const keys = [tableDefinition.pk, tableDefinition.sk, ...indexes.flatMap(([, { pk, sk }]) => [pk, sk])]
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set<string>(keys)].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: keySchema(tableDefinition.pk, tableDefinition.sk),
    GlobalSecondaryIndexes: indexes.map(indexOf),
    StreamSpecification: { StreamEnabled: true, StreamViewType: tableDefinition.stream },
  }
}

/** Creates the table with its indexes, stream and TTL, unless it is there already. */
export async function createTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(createTableInput(tableName)))
  } catch (error) {
    if (error instanceof ResourceInUseException) return
    throw error
  }
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: tableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: tableDefinition.ttl },
    }),
  )
}
