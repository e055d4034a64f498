import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { dynamoTable } from '../data/dynamoTable.ts'
import { recordStore } from '../data/stores/history.ts'
import { peopleStore } from '../data/stores/people.ts'
import { projectStore } from '../data/stores/projects.ts'
import { taskStore } from '../data/stores/tasks.ts'
import { workspaceStore } from '../data/stores/workspaces.ts'
import type { Table } from '../data/tablePort.ts'
import type { Stores } from '../domain/ports.ts'
import { tableName } from './environment.ts'

/** One client for the life of the container; tests measure what goes through it. */
export const dynamo = new DynamoDBClient({ maxAttempts: 4 })

export const table: Table = dynamoTable(
  DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
  tableName(),
)

export const storesOf = (table: Table): Stores => ({
  people: peopleStore(table),
  workspaces: workspaceStore(table),
  projects: projectStore(table),
  tasks: taskStore(table),
  records: recordStore(table),
})
