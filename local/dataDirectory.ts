import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Everything the runtime keeps, by file. Nothing else in the directory is ever touched. */
const kept = {
  table: 'table.sqlite',
  queues: 'queues.sqlite',
  mails: 'mails.jsonl',
  identity: 'cognito',
  files: 'files',
  checkpoints: 'checkpoints',
  cursorKey: 'cursor-key',
} as const

export interface DataDirectory {
  readonly path: string
  readonly tableFile: string
  /** Where each consumer of the stream keeps how far it has come. */
  readonly checkpointFolder: string
  readonly filesFolder: string
  /** Key that signs cursors, made at the first start. */
  cursorKey(): string
  /** Notes where this runtime answers, for the message a second start gives. */
  announce(baseUrl: string): void
  /** Notes the environment of the functions, for tools that work on what this runtime has. */
  share(environment: Readonly<Record<string, string>>): void
  release(): void
}

/** In a data directory, while a runtime runs there: the environment of its functions, as JSON. */
export const environmentFile = 'environment.json'

/** Another runtime holds the data directory. */
export class DataDirectoryInUse extends Error {}

/**
 * Takes a data directory for this process alone. The claim is a lock of the operating system on a SQLite
 * file: it ends with the process, however that ends. With `reset` what earlier runs kept is removed first.
 * Throws `DataDirectoryInUse`.
 */
export function claimDataDirectory(path: string, { reset = false } = {}): DataDirectory {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const lock = lockFile(path)
  if (reset) removeKept(path)
  const cursorKeyFile = join(path, kept.cursorKey)
  return {
    path,
    tableFile: join(path, kept.table),
    checkpointFolder: join(path, kept.checkpoints),
    filesFolder: join(path, kept.files),
    cursorKey: () => {
      if (!existsSync(cursorKeyFile))
        writeFileSync(cursorKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 })
      return readFileSync(cursorKeyFile, 'utf8')
    },
    announce: (baseUrl) => writeFileSync(join(path, 'running'), `${baseUrl} (process ${process.pid})`),
    share: (environment) =>
      writeFileSync(join(path, environmentFile), JSON.stringify(environment), { mode: 0o600 }),
    release: () => {
      for (const note of ['running', environmentFile]) rmSync(join(path, note), { force: true })
      lock.close()
    },
  }
}

function lockFile(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, 'lock.sqlite'))
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (!(error as Error).message.includes('locked')) throw error
    throw new DataDirectoryInUse(`${path} is in use by ${runningIn(path)}.`)
  }
}

const runningIn = (path: string): string => {
  const note = join(path, 'running')
  return existsSync(note) ? readFileSync(note, 'utf8') : 'another runtime that is just starting'
}

function removeKept(path: string): void {
  for (const name of Object.values(kept)) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) {
      rmSync(join(path, name + suffix), { recursive: true, force: true })
    }
  }
}
