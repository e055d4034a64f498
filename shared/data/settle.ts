import { unmarshall } from '@aws-sdk/util-dynamodb'
import { beforeAttempt } from './patience.ts'
import type { Item, WriteResult } from './tablePort.ts'

const isNamed = (error: unknown, name: string): error is Error =>
  error instanceof Error && error.name === name

const attemptsBeside = 10

/** DynamoDB refuses a write to an item that a transaction is about to write. It lasts milliseconds; the SDK gives up. */
const besideTransactions = async (write: () => Promise<unknown>): Promise<unknown> => {
  for (let attempt = 1; attempt < attemptsBeside; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isNamed(error, 'TransactionConflictException')) throw error
      await beforeAttempt(attempt)
    }
  }
  return write()
}

/** A failed condition is an answer, not an error; it carries the item that stood in the way. */
export const settle = async (write: () => Promise<unknown>): Promise<WriteResult> => {
  try {
    await besideTransactions(write)
    return { won: true }
  } catch (error) {
    if (!isNamed(error, 'ConditionalCheckFailedException')) throw error
    const { Item: present } = error as { Item?: Parameters<typeof unmarshall>[0] }
    return { won: false, present: present && (unmarshall(present) as Item) }
  }
}
