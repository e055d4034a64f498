import { DatabaseSync } from 'node:sqlite'
import { deadLettersOf, type QueueSettings } from './queueNames.ts'

/** One message as its sender gave it; `receives` counts deliveries, `visibleAt` is in epoch milliseconds. */
export interface KeptMessage {
  readonly id: string
  readonly queue: string
  /** The SendMessage input without its queue URL and delay. */
  readonly input: Record<string, unknown>
  readonly receives: number
  readonly visibleAt: number
}

export interface QueueJournal {
  add(message: Omit<KeptMessage, 'receives'>): void
  received(id: string): void
  remove(id: string): void
  /** Forgets what a queue, or a dead-letter queue, holds. */
  purge(queue: string): void
  /** Messages that left a queue for its dead letters come back into it: their count begins anew. */
  redriven(deadLetters: string): void
  /** Every message not yet deleted, oldest first. */
  pending(): KeptMessage[]
  /** The server gives a replayed message a new id. */
  rename(id: string, newId: string, receives: number): void
  close(): void
}

const schema = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    queue TEXT NOT NULL,
    input TEXT NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0,
    visibleAt INTEGER NOT NULL
  )`

/**
 * Keeps every message that a queue accepted until a consumer deletes it. Each change is on disk before the
 * queue's reply leaves, so a message acknowledged to its sender survives the end of this process.
 * A message moves to the dead letters by having been received too often, so its row stays with its source.
 */
export function openQueueJournal(file: string, queues: readonly QueueSettings[]): QueueJournal {
  const database = new DatabaseSync(file)
  database.exec(schema)
  const run = (sql: string) => {
    const statement = database.prepare(sql)
    return (...values: (string | number)[]): void => void statement.run(...values)
  }
  const insert = run('INSERT INTO messages (id, queue, input, visibleAt) VALUES (?, ?, ?, ?)')
  const purgeQueue = run('DELETE FROM messages WHERE queue = ? AND receives < ?')
  const purgeDead = run('DELETE FROM messages WHERE queue = ? AND receives >= ?')
  const redrive = run('UPDATE messages SET receives = 0 WHERE queue = ? AND receives >= ?')
  return {
    add: ({ id, queue, input, visibleAt }) => insert(id, queue, JSON.stringify(input), visibleAt),
    received: run('UPDATE messages SET receives = receives + 1 WHERE id = ?'),
    remove: run('DELETE FROM messages WHERE id = ?'),
    purge: (queue) => {
      const source = queues.find(({ name }) => deadLettersOf(name) === queue)
      const limit = queues.find(({ name }) => name === queue)?.maxReceives ?? Number.MAX_SAFE_INTEGER
      if (source === undefined) purgeQueue(queue, limit)
      else purgeDead(source.name, source.maxReceives)
    },
    redriven: (deadLetters) => {
      const source = queues.find(({ name }) => deadLettersOf(name) === deadLetters)
      if (source !== undefined) redrive(source.name, source.maxReceives)
    },
    pending: () => database.prepare('SELECT * FROM messages ORDER BY position').all().map(toMessage),
    rename: (id, newId, receives) => renameRow(database, id, newId, receives),
    close: () => database.close(),
  }
}

const renameRow = (database: DatabaseSync, id: string, newId: string, receives: number): void =>
  void database.prepare('UPDATE messages SET id = ?, receives = ? WHERE id = ?').run(newId, receives, id)

const toMessage = (row: Record<string, unknown>): KeptMessage => ({
  id: String(row.id),
  queue: String(row.queue),
  input: JSON.parse(String(row.input)) as Record<string, unknown>,
  receives: Number(row.receives),
  visibleAt: Number(row.visibleAt),
})
