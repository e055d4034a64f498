import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Key } from './keys.ts'
import type { Item } from './tablePort.ts'
import { Throttled } from './throttled.ts'

const batchLimit = 100
/** Rounds in a row in which DynamoDB gets to none of the keys before the table counts as throttled. */
const idleLimit = 5

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Reads keys strongly, a hundred at a time; what DynamoDB did not get to is asked for again. */
export const batchReader =
  (client: DynamoDBDocumentClient, tableName: string) =>
  async (keys: readonly Key[]): Promise<Item[]> => {
    const found: Item[] = []
    let wanted: Record<string, unknown>[] = keys.map((key) => ({ ...key }))
    for (let idle = 0; wanted.length > 0; ) {
      const now = wanted.slice(0, batchLimit)
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: now, ConsistentRead: true } } }),
      )
      found.push(...((Responses?.[tableName] ?? []) as Item[]))
      const left = UnprocessedKeys?.[tableName]?.Keys ?? []
      idle = left.length < now.length ? 0 : idle + 1
      if (idle === idleLimit) throw new Throttled('the table got to none of the keys')
      if (idle > 0) await pause(20 * 2 ** idle)
      wanted = [...left, ...wanted.slice(batchLimit)]
    }
    return found
  }

/** Gathers the keys that are asked for before the current turn ends, and reads each of them once. */
export const coalesce = (readBatch: (keys: readonly Key[]) => Promise<Item[]>) => {
  let waiting: Map<string, Key> | undefined
  let batch: Promise<Map<string, Item>> | undefined
  const nameOf = ({ PK, SK }: Key) => JSON.stringify([PK, SK])

  const flush = async (keys: Map<string, Key>) => {
    const items = await readBatch([...keys.values()])
    return new Map(items.map((item) => [nameOf(item), item]))
  }
  return async (key: Key): Promise<Item | undefined> => {
    if (waiting === undefined || batch === undefined) {
      const keys = new Map<string, Key>()
      waiting = keys
      batch = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        waiting = undefined
        return flush(keys)
      })
    }
    waiting.set(nameOf(key), key)
    const found = await batch
    return found.get(nameOf(key))
  }
}
