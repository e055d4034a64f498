import { UpdateTableCommand } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { statuses } from '../../../shared/api/schemas/task.ts'
import { taskStore } from '../../../shared/data/stores/tasks.ts'
import type { Item, Table } from '../../../shared/data/tablePort.ts'
import { makeId, randomSeed } from '../../../shared/domain/ids.ts'
import type { Task } from '../../../shared/domain/tasks/task.ts'
import type { Engine } from '../../support/engine.ts'

const batchSize = 25
const batchesAtOnce = 8

const refuse = async (): Promise<never> => {
  throw new Error('filling a project only puts')
}

/** The items that the real store would put for a task and its number. */
const itemsOf = async (task: Task, number: number): Promise<Item[]> => {
  const items: Item[] = []
  const put: Table['put'] = async (item) => {
    items.push(item)
    return { won: true }
  }
  const store = taskStore({
    put,
    get: refuse,
    query: refuse,
    update: refuse,
    delete: refuse,
    transact: refuse,
  })
  await store.add(task)
  await store.claimNumber(task, number)
  return items
}

/** Copies number 2 to `count` of a project's first task, made before it, over all statuses in turn. */
const copyOf = (first: Task, number: number): Task => ({
  ...first,
  id: makeId('task', Date.parse(first.createdAt) - 1_000_000_000 + number, randomSeed()),
  key: `${first.key.split('-')[0]}-${number}`,
  status: statuses[number % statuses.length] ?? 'open',
})

/** Nobody reads what the stream would say of filling a project, and the engine is done sooner without. */
export const withoutStream = async ({ client, tableName }: Engine): Promise<void> => {
  const StreamSpecification = { StreamEnabled: false }
  await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }))
}

/** Gives the project of its first task `count` tasks, around the routes but through their codec. */
export const fillProject = async (
  { client, tableName }: Engine,
  first: Task,
  count: number,
): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  let number = 1
  const nextBatch = async (): Promise<Item[]> => {
    const items: Item[] = []
    while (items.length + 2 <= batchSize && number < count) {
      number++
      items.push(...(await itemsOf(copyOf(first, number), number)))
    }
    return items
  }
  const work = async (): Promise<void> => {
    for (let items = await nextBatch(); items.length > 0; items = await nextBatch()) {
      const requests = items.map((Item) => ({ PutRequest: { Item } }))
      const { UnprocessedItems = {} } = await documents.send(
        new BatchWriteCommand({ RequestItems: { [tableName]: requests } }),
      )
      if (Object.keys(UnprocessedItems).length > 0)
        throw new Error('the engine left items of a batch unwritten')
    }
  }
  await Promise.all(Array.from({ length: batchesAtOnce }, work))
}
