import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** How far a stream consumer has come: the last sequence number dealt with, per shard. */
export interface Checkpoint {
  lastIn(streamArn: string, shardId: string): string | undefined
  save(streamArn: string, shardId: string, sequenceNumber: string): void
}

/**
 * Keeps the checkpoint in a file, on disk before `save` returns. A kill between a function's success and
 * `save` delivers that batch again, as Lambda may: consumers are idempotent.
 */
export function openCheckpoint(file: string): Checkpoint {
  mkdirSync(dirname(file), { recursive: true })
  const numbers: Record<string, string> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {}
  return {
    lastIn: (streamArn, shardId) => numbers[`${streamArn} ${shardId}`],
    save: (streamArn, shardId, sequenceNumber) => {
      numbers[`${streamArn} ${shardId}`] = sequenceNumber
      writeFileSync(`${file}.new`, JSON.stringify(numbers), { flush: true })
      renameSync(`${file}.new`, file)
    },
  }
}
