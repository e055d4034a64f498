import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { personKey, workspaceKey } from '../../../shared/data/keys.ts'
import { personCodec } from '../../../shared/data/stores/peopleByKey.ts'
import type { ConsumerWorld } from '../../../shared/domain/pipeline/consume.ts'
import { onStream } from '../../../shared/events/onStream.ts'
import { aPerson, userOf } from '../domain/support/builders.ts'

beforeEach(() => void vi.spyOn(process.stdout, 'write').mockImplementation(() => true))
afterEach(() => void vi.restoreAllMocks())

const record = (sequence: string, key: object, after: object): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: sequence,
    Keys: marshall(key) as never,
    NewImage: marshall(after, { removeUndefinedValues: true }) as never,
  },
})
const confirmed = (sequence: string, name: string) => {
  const id = userOf(name)
  return record(sequence, personKey(id), personCodec.encode(aPerson({ id })))
}

test('what stands behind a record that can never be consumed is consumed, so that nothing of it is parked unseen', async () => {
  const welcomed: unknown[] = []
  const queue = {
    send: async (messages: readonly { userId?: string }[]) => {
      if (messages.some(({ userId }) => userId === userOf('poison'))) throw new Error('refused')
      welcomed.push(...messages.map(({ userId }) => userId))
    },
  }
  const handle = onStream({ queue, stores: {}, derived: {} } as unknown as ConsumerWorld)
  const Records = [
    confirmed('1', 'ana'),
    confirmed('2', 'poison'),
    record('3', workspaceKey('w'), { itemType: 'statistics' }),
    confirmed('4', 'ben'),
    confirmed('5', 'poison'),
  ]
  expect(await handle({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] })
  expect(welcomed).toEqual([userOf('ana'), userOf('ben')])
})
