import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { startDynamoDb } from '../../../local/parts/dynamodb.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { dynamoTable } from '../../../shared/data/dynamoTable.ts'
import { encodeTask, taskStore } from '../../../shared/data/stores/tasks.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import { fieldsOf, newTask } from '../../../shared/domain/tasks/draft.ts'
import type { Task } from '../../../shared/domain/tasks/task.ts'
import { plainBody } from '../../unit/domain/support/builders.ts'

const tableName = 'duely'
const perWrite = 25

/** The table of a runtime that does not run. */
export async function openTable(file: string) {
  const part = await startDynamoDb({ file, tableName })
  const client = new DynamoDBClient(clientOptions(part.endpoint))
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  const setStream = async (isOn: boolean): Promise<void> => {
    const StreamSpecification = isOn
      ? { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const }
      : { StreamEnabled: false }
    await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }))
  }
  const putAll = async (tasks: readonly Task[]): Promise<void> => {
    for (let from = 0; from < tasks.length; from += perWrite) {
      const requests = tasks
        .slice(from, from + perWrite)
        .map((task) => ({ PutRequest: { Item: encodeTask(task) } }))
      await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }))
    }
  }
  return {
    tasks: taskStore(dynamoTable(documents, tableName)),
    /** Puts tasks without a record in the stream: nothing follows from them. */
    seed: async (tasks: readonly Task[]): Promise<void> => {
      await setStream(false)
      await putAll(tasks)
      await setStream(true)
    },
    close: async (): Promise<void> => {
      client.destroy()
      await part.close()
    },
  }
}

interface Place {
  readonly workspaceId: string
  readonly projectId: string
  readonly userId: string
}

/** So many tasks, as their creations leave them. */
export function manyTasks(count: number, { workspaceId, projectId, userId }: Place): Task[] {
  const start = Date.now() - count
  const project = { id: projectId, key: 'OPS' }
  return Array.from({ length: count }, (_, index) => {
    const now = new Date(start + index).toISOString()
    const maker = { userId, now, zone: 'UTC' }
    const id = makeId('task', start + index, randomSeed())
    const birth = { ...maker, id, workspaceId, project, number: index + 1, origin: null }
    return newTask(birth, fieldsOf({ ...plainBody, title: `Task ${index}` }, maker))
  })
}
