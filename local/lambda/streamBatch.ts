import type { DynamoDBRecord } from 'aws-lambda'
import type { StreamConsumer } from '../../shared/api/declaration.ts'
import { failuresIn } from './batchReply.ts'
import type { Invoke } from './invoke.ts'
import { sequenceNumberOf } from './streamRecord.ts'
import type { Log, Pause } from './worker.ts'

export interface BatchWork {
  readonly consumer: StreamConsumer
  readonly invoke: Invoke
  readonly log: Log
  readonly pause: Pause
  /** True once no further invocation may begin; what is not done stays before the checkpoint. */
  readonly stopping: () => boolean
  /** Called in order with the last record dealt with. */
  readonly done: (sequenceNumber: string) => void
  /** Takes a record that failed on all its attempts. */
  readonly park: (records: readonly DynamoDBRecord[], attempts: number) => Promise<void>
  /** Milliseconds before the n-th retry (from 1). */
  readonly backoff: (retry: number) => number
}

/**
 * Delivers records in order with the semantics of Lambda's stream mapping: a batch that fails is split in
 * two, again and again, down to the record that fails by itself. Splitting uses up no attempts. That record
 * is tried `retryAttempts` times more and then parked, and the ones behind it go on. Where the function
 * reports the failed record, the ones before it count as done, and it is tried apart from the ones behind it.
 */
export async function deliver(
  records: readonly DynamoDBRecord[],
  work: BatchWork,
  attempts = 0,
): Promise<void> {
  if (records.length === 0 || work.stopping()) return
  const { failedAt, isKnown } = await firstFailure(records, work)
  const dealtWith = records[failedAt - 1]
  if (dealtWith !== undefined) work.done(sequenceNumberOf(dealtWith))
  if (failedAt === records.length) return
  const rest = records.slice(failedAt)
  if (rest.length > 1) {
    const middle = isKnown ? 1 : Math.ceil(rest.length / 2)
    await deliver(rest.slice(0, middle), work)
    return deliver(rest.slice(middle), work)
  }
  return retryOne(rest, work, failedAt === 0 ? attempts + 1 : 1)
}

async function retryOne(record: readonly DynamoDBRecord[], work: BatchWork, failures: number): Promise<void> {
  if (work.stopping()) return
  if (failures > work.consumer.retryAttempts) {
    await work.park(record, failures)
    work.done(sequenceNumberOf(record[0] as DynamoDBRecord))
    return
  }
  await work.pause(work.backoff(failures))
  return deliver(record, work, failures)
}

interface Outcome {
  /** Index of the first record that was not dealt with: the length when all were, 0 when none. */
  readonly failedAt: number
  /** The function said that it is this very record. */
  readonly isKnown: boolean
}

async function firstFailure(records: readonly DynamoDBRecord[], work: BatchWork): Promise<Outcome> {
  const { consumer, invoke, log } = work
  const none = { failedAt: 0, isKnown: false }
  const all = { failedAt: records.length, isKnown: false }
  try {
    const reply = await invoke(consumer.name, { Records: records })
    if (!consumer.reportBatchItemFailures) return all
    const identifiers = records.map(sequenceNumberOf)
    const failures = failuresIn(reply, identifiers)
    if (failures === 'all') return none
    const failedAt = identifiers.findIndex((identifier) => failures.has(identifier))
    return failedAt === -1 ? all : { failedAt, isKnown: true }
  } catch (error) {
    log(`${consumer.name} failed on ${records.length} record(s): ${(error as Error).message}`)
    return none
  }
}
