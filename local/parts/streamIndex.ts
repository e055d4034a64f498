import { DatabaseSync } from 'node:sqlite'

/**
 * The two ways in which the engine looks into its stream: for the last number at every write, for the records behind
 * one at every read. It has no index for either, so each write would read the whole stream: with ten thousand records
 * a put takes twelve times as long.
 */
const indexes = `
  CREATE INDEX IF NOT EXISTS duely_last_record
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS duely_next_records
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))`

const hasStream = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_stream_records'"

/** Adds them to the engine's file, where it keeps its stream as the pinned version does. */
export function indexStream(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  try {
    if (database.prepare(hasStream).get() !== undefined) database.exec(indexes)
  } finally {
    database.close()
  }
}
