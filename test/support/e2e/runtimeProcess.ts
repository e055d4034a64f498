import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environmentNames } from '../../../shared/api/environment.ts'

/** `npm start` in a process of its own. */
export interface RuntimeProcess {
  readonly baseUrl: string
  readonly logFile: string
  /** Asks it to stop as a supervisor does, and waits until it has. Rejects when it did not end well. */
  stop(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

const startFile = join(import.meta.dirname, '../../../local/start.ts')
const patienceMs = 60_000
/** All tests call from one address: nobody's limit by address is theirs. */
const manyAtOneAddress = 1000

/**
 * Starts the runtime on a port of the system's choice, with its data in `dataDir` and its output in `dataDir`'s
 * neighbour `<dataDir>.log`. `addressFactor` widens its limits by address. It ends by itself should this process die. Throws with its words when it does not start.
 */
export async function startRuntimeProcess(
  dataDir: string,
  addressFactor = manyAtOneAddress,
): Promise<RuntimeProcess> {
  const logFile = `${dataDir}.log`
  const begin = sizeOf(logFile)
  const output = openSync(logFile, 'a')
  const child = spawn(process.execPath, [startFile, '--port', '0', '--data', dataDir], {
    stdio: ['ignore', output, output, 'ipc'],
    env: { ...process.env, [environmentNames.addressFactor]: String(addressFactor) },
  })
  const baseUrl = await announced(child, () => readFileSync(logFile, 'utf8').slice(begin))
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  return { baseUrl, logFile, stop: () => stop(child, logFile), kill }
}

function sizeOf(file: string): number {
  try {
    return readFileSync(file, 'utf8').length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

async function announced(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const address = /^ {2}API +(http\S+)\/v1$/m.exec(printed())?.[1]
    if (address !== undefined) return address
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`The local runtime did not start:\n${printed()}`)
    }
    await delay(50)
  }
}

async function stop(child: ChildProcess, logFile: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  if (child.exitCode !== 0) throw new Error(`The local runtime ended with ${child.exitCode}; see ${logFile}`)
}
