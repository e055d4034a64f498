import type { DynamoDBRecord } from 'aws-lambda'
import type { StreamConsumer } from '../../shared/api/declaration.ts'
import { tableDefinition } from '../../shared/data/table.ts'

/** The consumer's filter, as the event source mapping on AWS has it. */
export const isFor =
  ({ sortKeys }: StreamConsumer) =>
  ({ dynamodb }: DynamoDBRecord): boolean => {
    const sortKey = dynamodb?.Keys?.[tableDefinition.sk]?.S ?? ''
    return sortKeys === undefined || sortKeys.some((prefix) => sortKey.startsWith(prefix))
  }
