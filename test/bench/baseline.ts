/** What a cold start is measured against: the bare SDK, bundled without any of our tricks. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const Keys = [{ PK: 'a', SK: 'b' }]

export const handler = () => client.send(new BatchGetCommand({ RequestItems: { 'dry-run': { Keys } } }))
