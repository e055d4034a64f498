/** A function that writes and reports what stood in the way, for the tests of the build. */
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const put = {
  TableName: 'things',
  Item: { PK: 'a', SK: 'b', n: 1, bytes: new Uint8Array([1, 2]), tags: ['x'] },
}

export async function handler(event: { together?: boolean }) {
  try {
    if (event.together) await client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }] }))
    else await client.send(new PutCommand(put))
    return 'written'
  } catch (error) {
    if (error instanceof TransactionCanceledException)
      return { message: error.message, reasons: error.CancellationReasons }
    if (error instanceof ConditionalCheckFailedException)
      return { message: error.message, present: error.Item }
    throw error
  }
}
