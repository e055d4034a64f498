import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { type DeadLetters, findDeadLetters } from './deadLetters.ts'
import { type Feed, feedAgain } from './feedAgain.ts'
import { moveBack } from './moveBack.ts'

export interface RedriveOptions {
  readonly sqs: SQSClient
  readonly streams: DynamoDBStreamsClient
  readonly feed: Feed
  /** Of the names of the queues. */
  readonly prefix: string
  /** Only this one. */
  readonly queue?: string | undefined
  /** Say what there is, and do nothing. */
  readonly dryRun: boolean
  readonly log: (line: string) => void
}

const again = async (letters: DeadLetters, options: RedriveOptions): Promise<string> => {
  if (letters.kind === 'messages') return `${await moveBack(options.sqs, letters)} put back`
  if (letters.kind === 'records') return `${await feedAgain(letters, options)} fed again`
  return 'left: the next run does everything that is due'
}

/**
 * Tries again what failed for good, queue by queue: one that cannot be redriven does not stop the others.
 * Answers whether all could.
 */
export const redrive = async (options: RedriveOptions): Promise<boolean> => {
  const { sqs, prefix, queue, dryRun, log } = options
  const found = (await findDeadLetters(sqs, prefix)).filter(
    ({ name }) => queue === undefined || name === queue,
  )
  if (found.length === 0) {
    log(`There are no dead letters named ${queue ?? 'anything'} under "${prefix}".`)
    return false
  }
  let isWhole = true
  for (const letters of found) {
    const { waiting } = letters.queue
    if (waiting === 0 || dryRun) {
      log(`${letters.name}: ${waiting}`)
      continue
    }
    try {
      log(`${letters.name}: ${waiting}, ${await again(letters, options)}`)
    } catch (error) {
      isWhole = false
      log(`${letters.name}: ${waiting}, ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return isWhole
}
