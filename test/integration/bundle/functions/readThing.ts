/** A function of the usual mix (middy, zod/mini, aws-jwt-verify, document client), for the tests of the build. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import middy from '@middy/core'
import { JwtVerifier } from 'aws-jwt-verify'
import * as z from 'zod/mini'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const request = z.object({
  operation: z._default(z.enum(['read', 'list', 'write', 'refuse']), 'read'),
  due: z.optional(z.iso.date()),
  tags: z._default(z.array(z.string().check(z.maxLength(20))), []),
})
const TableName = 'things'

async function answer(event: unknown) {
  const { operation, tags } = request.parse(event)
  if (operation === 'list')
    return client.send(new QueryCommand({ TableName, KeyConditionExpression: 'PK = :p' }))
  if (operation === 'write')
    return client.send(new PutCommand({ TableName, Item: { PK: 'a', SK: 'b', n: 1, tags } }))
  if (operation === 'refuse') return refuseToken()
  return client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ PK: 'a', SK: 'b' }] } } }))
}

/** Answers without a call to AWS. */
async function refuseToken() {
  const verifier = JwtVerifier.create({ issuer: 'https://issuer.example', audience: null })
  return verifier.verify('not a token').catch((error: Error) => ({ refused: error.message }))
}

export const handler = middy<unknown>().handler(answer)
