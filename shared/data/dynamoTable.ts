import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { batchReader, coalesce } from './batchReader.ts'
import { conditionInput, isExcluded, queryInput, updateInput } from './expressions.ts'
import { settle } from './settle.ts'
import type { Item, Lost, Range, Table, TransactionResult, Write } from './tablePort.ts'
import { Throttled } from './throttled.ts'

/**
 * Verdicts on the writes of a cancelled transaction. While one of them met another transaction, conditions of the
 * others that failed say nothing yet: they may have seen half of what that one does.
 */
const lostWrites = (error: TransactionCanceledException): (Lost | undefined)[] => {
  const reasons = error.CancellationReasons ?? []
  const isConflict = reasons.some(({ Code }) => Code === 'TransactionConflict')
  return reasons.map((reason) => {
    if (reason.Code === 'ConditionalCheckFailed') {
      if (isConflict) return undefined
      return { present: reason.Item && (unmarshall(reason.Item) as Item) }
    }
    if (reason.Code === undefined || reason.Code === 'None' || reason.Code === 'TransactionConflict')
      return undefined
    if (/Throttling|ThroughputExceeded/.test(reason.Code)) throw new Throttled(reason.Code, { cause: error })
    throw error
  })
}

const transactItem = (TableName: string, write: Write) => {
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const
  if ('put' in write) {
    return {
      Put: {
        TableName,
        Item: write.put,
        ...(write.condition && conditionInput(write.condition)),
        ReturnValuesOnConditionCheckFailure,
      },
    }
  }
  if ('update' in write) {
    const { update: Key, change, condition } = write
    return {
      Update: { TableName, Key, ...updateInput(change, condition), ReturnValuesOnConditionCheckFailure },
    }
  }
  if ('delete' in write) {
    return {
      Delete: { TableName, Key: write.delete, ...(write.condition && conditionInput(write.condition)) },
    }
  }
  return {
    ConditionCheck: {
      TableName,
      Key: write.check,
      ...conditionInput(write.condition),
      ReturnValuesOnConditionCheckFailure,
    },
  }
}

/** The port over the real service. `client` must drop undefined values when marshalling. */
export const dynamoTable = (client: DynamoDBDocumentClient, TableName: string): Table => {
  return {
    get: coalesce(batchReader(client, TableName)),
    query: async (range: Range) => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({ TableName, ...queryInput(range) }),
      )
      const items = (Items as Item[]).filter((item) => !isExcluded(range, item))
      return { items, more: LastEvaluatedKey !== undefined }
    },
    put: (item, condition) =>
      settle(() =>
        client.send(
          new PutCommand({
            TableName,
            Item: item,
            ...(condition && {
              ...conditionInput(condition),
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          }),
        ),
      ),
    update: (key, change, condition) =>
      settle(() =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: key,
            ...updateInput(change, condition),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      ),
    delete: (key, condition) =>
      settle(() =>
        client.send(
          new DeleteCommand({
            TableName,
            Key: key,
            ...conditionInput(condition),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      ),
    transact: async (writes): Promise<TransactionResult> => {
      try {
        await client.send(
          new TransactWriteCommand({ TransactItems: writes.map((write) => transactItem(TableName, write)) }),
        )
        return { won: true }
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error
        return { won: false, lost: lostWrites(error) }
      }
    },
  }
}
