import { createHash } from 'node:crypto'
import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { App } from '../app.ts'

/** Every item there is, byte for byte, and what waits in the queues. */
export const digestOf = async ({ engine, notices, work }: App): Promise<string> => {
  const lines: string[] = []
  const pages = paginateScan({ client: engine.client }, { TableName: engine.tableName, ConsistentRead: true })
  for await (const { Items = [] } of pages) {
    lines.push(...Items.map((item) => JSON.stringify(item, inOrder)))
  }
  return createHash('sha256')
    .update(JSON.stringify([lines.toSorted(), notices, work]))
    .digest('hex')
}

/** The engine answers the members of a map in any order. */
const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(byName))
    : value

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const isWrite = (name: string): boolean => /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(name)

/** Counts the writes that took place: an effect that needs no look at the whole table. */
export const writesOn = (client: DynamoDBClient): (() => number) => {
  let count = 0
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args)
        if (isWrite(String(commandName))) count++
        return result
      },
    { step: 'initialize', name: 'countWrites' },
  )
  return () => count
}
