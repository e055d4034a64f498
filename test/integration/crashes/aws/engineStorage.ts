import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Item } from '../../../../shared/data/tablePort.ts'
import { type Engine, startEngine } from '../../../support/engine.ts'
import { streamReader } from '../../../support/streamReader.ts'
import type { Storage } from './storage.ts'

const batchSize = 25

/** A table of the real engine, which can be made to begin again from some state. */
export const engineStorage = async () => {
  const engine: Engine = await startEngine()
  const stream = await streamReader(engine)
  const { table, tableName } = engine
  const documents = DynamoDBDocumentClient.from(engine.client)

  const items = async (): Promise<Item[]> => {
    const all: Item[] = []
    let from: Record<string, unknown> | undefined
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new ScanCommand({ TableName: tableName, ...(from && { ExclusiveStartKey: from }) }),
      )
      all.push(...(Items as Item[]))
      from = LastEvaluatedKey
    } while (from !== undefined)
    return all
  }
  const write = async (requests: readonly object[]): Promise<void> => {
    for (let n = 0; n < requests.length; n += batchSize) {
      const some = requests.slice(n, n + batchSize)
      await documents.send(new BatchWriteCommand({ RequestItems: { [tableName]: some } }))
    }
  }
  const storage: Storage = {
    table,
    isNear: false,
    takeRecords: stream.read,
    earliest: async (shards) => {
      const first = await Promise.all(
        shards.map(async (pk) => {
          const { items } = await table.query({ index: 'byReminder', pk, limit: 1 })
          return items.map(({ reminderKey }) => String(reminderKey))
        }),
      )
      return first.flat().sort()[0]?.split('#')[0]
    },
    items,
  }
  return {
    storage,
    /** The table holds these and nothing else, and its stream has nothing new. */
    begin: async (from: ReadonlyMap<string, Item>): Promise<void> => {
      await write((await items()).map(({ PK, SK }) => ({ DeleteRequest: { Key: { PK, SK } } })))
      await write([...from.values()].map((item) => ({ PutRequest: { Item: item } })))
      await stream.read()
    },
    close: async (): Promise<void> => {
      stream.close()
      await engine.close()
    },
  }
}
export type EngineStorage = Awaited<ReturnType<typeof engineStorage>>
