import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createTable } from './createTable.ts'
import { type GuardedProcess, startGuarded } from './guardedProcess.ts'
import { freePort } from './listen.ts'
import { clientOptions, type Part } from './part.ts'
import { indexStream } from './streamIndex.ts'

export interface DynamoDbOptions {
  /** SQLite file that keeps the tables and their streams. */
  readonly file: string
  readonly tableName: string
}

/**
 * Starts the DynamoDB-compatible engine and creates the table. Stream records lie in the same SQLite file
 * as the items and are never trimmed, so a stream consumer can continue after any pause.
 * Throws when the engine can't be started, with what to do about it.
 */
export async function startDynamoDb({ file, tableName }: DynamoDbOptions): Promise<Part> {
  mkdirSync(dirname(file), { recursive: true })
  const { engine, port } = await startEngine(file, 3)
  const endpoint = `http://127.0.0.1:${port}`
  const client = new DynamoDBClient(clientOptions(endpoint))
  try {
    await createTable(client, tableName)
    indexStream(file)
  } catch (error) {
    await engine.stop()
    throw error
  } finally {
    client.destroy()
  }
  return { endpoint, close: () => engine.stop() }
}

/** The engine can't choose a port itself; the one found free may be taken a moment later, hence the attempts. */
async function startEngine(
  file: string,
  attempts: number,
): Promise<{ engine: GuardedProcess; port: number }> {
  const port = await freePort()
  const { program, args } = engineCommand()
  const options = ['--host', '127.0.0.1', '--port', String(port), '--db-path', file]
  const engine = startGuarded(program, [...args, ...options])
  if (await isReady(engine, port)) return { engine, port }
  await engine.stop()
  if (attempts > 1) return startEngine(file, attempts - 1)
  throw new Error(
    `The DynamoDB engine (${program}) did not start. It said: ${engine.output().trim() || 'nothing'}`,
  )
}

/** The engine's prebuilt binary where npm installed one, else `npx`, which fetches the one for this platform. */
function engineCommand(): { program: string; args: readonly string[] } {
  try {
    return { program: createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide'), args: [] }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    return { program: 'npx', args: ['--yes', 'dynoxide'] }
  }
}

/** Waits until the engine says that it listens; a first `npx` may have to fetch it. */
async function isReady(engine: GuardedProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + 60_000
  let running = true
  const ended = engine.ended.then(() => {
    running = false
  })
  while (running && Date.now() < deadline) {
    if (engine.output().includes(`listening on http://127.0.0.1:${port}`)) return true
    await Promise.race([ended, delay(10)])
  }
  return false
}
