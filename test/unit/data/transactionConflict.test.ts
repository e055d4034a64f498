import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { create } from '../../../shared/data/creation.ts'
import { dynamoTable } from '../../../shared/data/dynamoTable.ts'

test('a repeated request that meets the first half way waits for its end instead of calling it a rival', async () => {
  const memory = { itemType: { S: 'request' }, payload: { S: 'p' }, entity: { M: { id: { S: 'first' } } } }
  const reasons = [
    [{ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }],
    [{ Code: 'ConditionalCheckFailed', Item: memory }, { Code: 'ConditionalCheckFailed' }],
  ]
  const send = async () => {
    const CancellationReasons = reasons.shift() ?? []
    throw new TransactionCanceledException({ $metadata: {}, message: 'canceled', CancellationReasons })
  }
  const table = dynamoTable({ send } as unknown as DynamoDBDocumentClient, 'T')
  const created = await create(table, {
    writes: [{ put: { PK: 'w', SK: 'KEY#OPS' }, condition: { absent: true } }],
    entity: { id: 'second' },
    userId: 'u',
    mark: { key: 'k', payload: 'p' },
    now: '2026-11-21T09:00:00.000Z',
  })
  expect(created).toEqual({ won: false, ran: { payload: 'p', entity: { id: 'first' } } })
})
