import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, test } from 'vitest'
import { dynamoTable } from '../../../shared/data/dynamoTable.ts'
import type { Key } from '../../../shared/data/keys.ts'
import { asFailure } from '../../../shared/http/problem.ts'

interface Sent {
  readonly name: string
  readonly input: Record<string, unknown>
}
/** A table over a client that answers as told and remembers what was sent. */
const tableOver = (answer: (sent: Sent, turn: number) => unknown) => {
  const sent: Sent[] = []
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const one = { name: command.constructor.name, input: command.input }
    sent.push(one)
    return answer(one, sent.length)
  }
  return { sent, table: dynamoTable({ send } as unknown as DynamoDBDocumentClient, 'T') }
}
const key = (n: number): Key => ({ PK: `p${n}`, SK: 's' })
const keysOf = ({ input }: Sent): Key[] => {
  const { RequestItems } = input as { RequestItems: { T: { Keys: Key[]; ConsistentRead: boolean } } }
  expect(RequestItems.T.ConsistentRead).toBe(true)
  return RequestItems.T.Keys
}
const found = (keys: readonly Key[]) => ({ Responses: { T: keys.map((one) => ({ ...one, n: one.PK })) } })
const rejecting = (error: Error) => () => Promise.reject(error)
const metadata = { $metadata: {}, message: 'no' }

describe('reading by key', () => {
  test('keys of one turn travel together, each once; those of the next turn on their own', async () => {
    const { sent, table } = tableOver((one) => found(keysOf(one)))
    const items = await Promise.all([table.get(key(1)), table.get(key(2)), table.get(key(1))])
    expect(items.map((item) => item?.n)).toEqual(['p1', 'p2', 'p1'])
    expect(sent.map(keysOf)).toEqual([[key(1), key(2)]])
    expect((await table.get(key(1)))?.n).toBe('p1')
    expect(sent).toHaveLength(2)
  })

  test('more than a hundred keys take as many requests as they must', async () => {
    const { sent, table } = tableOver((one) => found(keysOf(one)))
    const items = await Promise.all(Array.from({ length: 250 }, (_, n) => table.get(key(n))))
    expect(items.map((item) => item?.n)).toEqual(Array.from({ length: 250 }, (_, n) => `p${n}`))
    expect(sent.map((one) => keysOf(one).length)).toEqual([100, 100, 50])
  })

  test('what was not processed is asked for again; what is missing is missing', async () => {
    const { sent, table } = tableOver((one, turn) => {
      const [first, ...rest] = keysOf(one)
      if (turn > 1) return found(keysOf(one))
      return { ...found(first === undefined ? [] : [first]), UnprocessedKeys: { T: { Keys: rest } } }
    })
    const items = await Promise.all([table.get(key(1)), table.get(key(2))])
    expect(items.map((item) => item?.n)).toEqual(['p1', 'p2'])
    expect(sent).toHaveLength(2)
    expect(await tableOver(() => ({ Responses: { T: [] } })).table.get(key(1))).toBeUndefined()
  })

  test('a table that never gets to it ends in a refusal worth another try, not in a loop', async () => {
    const { sent, table } = tableOver((one) => ({ UnprocessedKeys: { T: { Keys: keysOf(one) } } }))
    const error = await table.get(key(1)).catch((reason: unknown) => reason)
    expect(asFailure(error).code).toBe('unavailable')
    expect(sent.length).toBeLessThanOrEqual(10)
  })

  test('a failure reaches everybody who asked in that turn, and nobody after', async () => {
    let turn = 0
    const { table } = tableOver((one) => {
      turn += 1
      return turn === 1 ? Promise.reject(new Error('down')) : found(keysOf(one))
    })
    const results = await Promise.allSettled([table.get(key(1)), table.get(key(2))])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect((await table.get(key(1)))?.n).toBe('p1')
  })
})

describe('conditional writes', () => {
  const lost = new ConditionalCheckFailedException({ ...metadata, Item: marshall({ ...key(1), n: 5 }) })

  test('that fail say what stood in their way', async () => {
    const { table } = tableOver(rejecting(lost))
    const present = { ...key(1), n: 5 }
    expect(await table.put({ ...key(1) }, { absent: true })).toEqual({ won: false, present })
    expect(await table.update(key(1), { set: { n: 1 } }, { present: true })).toEqual({ won: false, present })
  })

  test('any other error is an error', async () => {
    const { table } = tableOver(rejecting(new Error('down')))
    await expect(table.put({ ...key(1) })).rejects.toThrow('down')
    await expect(table.transact([{ put: { ...key(1) } }])).rejects.toThrow('down')
  })

  test('ask for the item in the way only where there is a condition', async () => {
    const { sent, table } = tableOver(() => ({}))
    await table.put({ ...key(1) })
    await table.put({ ...key(1) }, { absent: true })
    expect(sent.map(({ input }) => 'ConditionExpression' in input)).toEqual([false, true])
    expect(sent.map(({ input }) => input.ReturnValuesOnConditionCheckFailure)).toEqual([undefined, 'ALL_OLD'])
  })
})

describe('a write of an item that a transaction is just writing', () => {
  const conflict = () => Promise.reject(new TransactionConflictException(metadata))

  test('waits until it is through, whatever it is', async () => {
    const { sent, table } = tableOver((_, turn) => (turn % 3 === 0 ? {} : conflict()))
    expect(await table.put({ ...key(1) }, { absent: true })).toEqual({ won: true })
    expect(await table.update(key(1), { set: { n: 1 } }, { present: true })).toEqual({ won: true })
    expect(await table.delete(key(1), { present: true })).toEqual({ won: true })
    expect(sent).toHaveLength(9)
  })

  test('does not wait for ever, and is worth another try', async () => {
    const { sent, table } = tableOver(conflict)
    const error = await table.put({ ...key(1) }, { absent: true }).catch((reason: unknown) => reason)
    expect(asFailure(error).code).toBe('unavailable')
    expect(sent.length).toBeLessThan(20)
  })
})

describe('transactions', () => {
  const canceled = (...CancellationReasons: object[]) =>
    new TransactionCanceledException({ ...metadata, CancellationReasons })
  const write = { put: { ...key(1) }, condition: { absent: true } } as const

  test('say of each write whether it was lost, and to what', async () => {
    const reasons = [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: marshall({ ...key(2), n: 1 }) },
      { Code: 'ConditionalCheckFailed' },
    ]
    const { table } = tableOver(rejecting(canceled(...reasons)))
    expect(await table.transact([write, write, write])).toEqual({
      won: false,
      lost: [undefined, { present: { ...key(2), n: 1 } }, { present: undefined }],
    })
  })

  test('that met others were lost to nothing: try again', async () => {
    const { table } = tableOver(rejecting(canceled({ Code: 'TransactionConflict' }, { Code: 'None' })))
    expect(await table.transact([write, write])).toEqual({ won: false, lost: [undefined, undefined] })
  })

  test.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'that were throttled (%s) are worth another try',
    async (Code) => {
      const { table } = tableOver(rejecting(canceled({ Code: 'None' }, { Code })))
      const error = await table.transact([write, write]).catch((reason: unknown) => reason)
      expect(asFailure(error).code).toBe('unavailable')
    },
  )

  test('that can never succeed are surprises', async () => {
    const { table } = tableOver(rejecting(canceled({ Code: 'ValidationError' })))
    const error = await table.transact([write]).catch((reason: unknown) => reason)
    expect(asFailure(error).code).toBe('internal')
  })
})

describe('queries', () => {
  test('drop the bound that DynamoDB includes, and say whether the page was ended', async () => {
    const { table } = tableOver(() => ({ Items: [{ dueKey: 'a' }, { dueKey: 'b' }], LastEvaluatedKey: {} }))
    const range = { index: 'byDue', pk: 'p', from: 'a', before: 'b', limit: 2 } as const
    expect(await table.query(range)).toEqual({ items: [{ dueKey: 'a' }], more: true })
    expect(await tableOver(() => ({})).table.query({ pk: 'p', limit: 1 })).toEqual({ items: [], more: false })
  })
})
