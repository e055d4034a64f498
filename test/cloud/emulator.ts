import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { openListeners } from './listeners.ts'
import { type Running, start, tail } from './processes.ts'
import { account, binaries, emulatorSources, region, SuiteError } from './settings.ts'
import { eventually } from './wait.ts'

export interface Emulator {
  /** Endpoint of every service, `http://127.0.0.1:<port>`. */
  readonly url: string
  readonly log: string
  stop(): Promise<void>
}

/** Starts MiniStack on a free loopback port with its log in `folder`; it ends with us, whatever happens to us. */
export async function startEmulator(python: string, folder: string): Promise<Emulator> {
  // Outside the repository: functions are unpacked there, and must not find our package.json and node_modules.
  const state = mkdtempSync(join(tmpdir(), 'duely-cloud-'))
  const log = join(folder, 'ministack.log')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const file = join(emulatorSources, 'launch.py')
  const running = start({ file: python, args: [file], cwd: state, env: environment(port, state), log })
  const stop = async () => {
    await running.stop()
    rmSync(state, { recursive: true, force: true })
  }
  try {
    await ready(url, running, log)
    refuseOpenListeners(running.pid)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, log, stop }
}

/** Where the emulator serves the `$default` stage of an HTTP API. */
export const httpApiUrl = (emulator: Emulator, apiId: string) => `${emulator.url}/_aws/execute-api/${apiId}`

/** Where the emulator serves a stage of a WebSocket API; its management is at the same path under HTTP. */
export const webSocketUrl = ({ url }: Pick<Emulator, 'url'>, apiId: string, stage: string) =>
  `${url.replace('http', 'ws')}/_aws/execute-api/${apiId}/${stage}/${stage}`

/** Functions inherit all of this, so it holds nothing of the caller's but what a process needs to run. */
function environment(port: number, state: string): NodeJS.ProcessEnv {
  return {
    PATH: `${binaries}${delimiter}${process.env.PATH}`,
    HOME: state,
    TMPDIR: state,
    STATE_DIR: state,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONDONTWRITEBYTECODE: '1',
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    // Ends the URLs of APIs and queues; with an address there, `<id>.execute-api.127.0.0.1` would be no valid host.
    MINISTACK_HOST: 'localhost',
    MINISTACK_ACCOUNT_ID: account,
    MINISTACK_REGION: region,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    LAMBDA_EXECUTOR: 'local',
    // Enforces IAM: functions may do what their roles allow and nothing else. Checks confirmation codes, too.
    AUTH: 'true',
  }
}

async function ready(url: string, running: Running, log: string): Promise<void> {
  let ended = false
  running.ended.then(
    () => (ended = true),
    () => (ended = true),
  )
  const answered = await eventually(async () => ended || (await isReady(url)) || undefined, 30_000)
  if (ended || !answered) throw new SuiteError(`MiniStack did not start:\n${tail(log)}`)
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/_ministack/ready`).catch(() => undefined)
  return response?.ok === true
}

function refuseOpenListeners(pid: number): void {
  const open = openListeners(pid) ?? []
  if (open.length > 0) throw new SuiteError(`MiniStack listens beyond loopback: ${open.join(', ')}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
