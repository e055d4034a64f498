import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DataDirectoryInUse } from './dataDirectory.ts'
import { runDemo } from './demo.ts'
import { type Runtime, startRuntime } from './runtime.ts'

const usage = `npm start [-- options]
  --port <number>  port to listen on (8787)
  --reset          forget everything earlier runs kept
  --demo           fill it with a team and its tasks, and print a login
  --data <folder>  where data is kept (.local)
  --help           this text`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The words to end with, and the exit code; anything else that goes wrong is a defect and shows its stack. */
class Refusal extends Error {}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        data: { type: 'string', default: join(import.meta.dirname, '..', '.local') },
        reset: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return { ...values, port: portFrom(values.port) }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(`${(error as Error).message}\n\n${usage}`)
  }
}

function portFrom(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65535) return port
  throw new Refusal(`--port must be a number from 0 to 65535, not “${text}”.`)
}

function explain(error: unknown, port: number): unknown {
  if (error instanceof DataDirectoryInUse) {
    return new Refusal(
      `${error.message}\nStop that one first, or give this one a folder of its own: --data <folder>`,
    )
  }
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error
  return new Refusal(
    `Port ${port} is taken by another program.\nTake another one: npm start -- --port ${port + 1}`,
  )
}

const banner = ({ baseUrl }: Runtime, dataDir: string): string =>
  [
    '',
    'Duely is running. Everything stays on this machine.',
    `  API    ${baseUrl}/v1`,
    `  Docs   ${baseUrl}/docs`,
    `  Inbox  ${baseUrl}/inbox   (mails it sends, also the codes to confirm an account)`,
    `  Data   ${dataDir}   (npm start -- --reset begins anew)`,
    'Stop it with Ctrl-C.',
    '',
  ].join('\n')

/** Stops once, whatever asks for it: the terminal, a supervisor, or the end of the process that started this one. */
function stopWhenAsked(runtime: Runtime): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    say('Stopping …')
    await runtime.close()
    say('Stopped. Your data is kept.')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  process.on('disconnect', () => void stop())
  // On AWS a function that leaves a promise to fail ends alone; here it must not take the others with it.
  process.on('unhandledRejection', (error) => say(`A function left behind a failed promise: ${error}`))
}

async function main(): Promise<void> {
  const flags = readFlags()
  if (flags.help) return say(usage)
  say('Starting …')
  const options = { dataDir: flags.data, port: flags.port, reset: flags.reset, log: say }
  const runtime = await startRuntime(options).catch((error: unknown) => {
    throw explain(error, flags.port)
  })
  stopWhenAsked(runtime)
  say(banner(runtime, flags.data))
  if (flags.demo) await demonstrate(runtime)
}

async function demonstrate({ baseUrl, inboxUrl }: Runtime): Promise<void> {
  say('Filling in a team and its tasks …')
  const { email, password } = await runDemo(baseUrl, inboxUrl)
  say(`Sign in as  ${email}  with the password  ${password}`)
  say('One of its tasks is due in about three minutes: its reminder will arrive in the inbox.\n')
}

try {
  await main()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
