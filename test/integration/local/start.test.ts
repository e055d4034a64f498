import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import { expect, onTestFinished, test, vi } from 'vitest'
import { closeServer, listenOnLoopback } from '../../../local/parts/listen.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const startFile = join(import.meta.dirname, '../../../local/start.ts')

function launch(dataDir: string, ...flags: string[]): ChildProcess {
  const child = spawn(process.execPath, [startFile, '--data', dataDir, ...flags])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Starts it on a port of the system's choice and waits for the banner. */
async function launchReady(dataDir: string, ...flags: string[]) {
  const child = launch(dataDir, '--port', '0', ...flags)
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  await vi.waitFor(() => expect(output).toContain('Stop it with Ctrl-C.'), 20_000)
  return { child, baseUrl: /API\s+(http\S+)\/v1/.exec(output)?.[1] ?? '' }
}

async function refusal(dataDir: string, ...flags: string[]) {
  const child = launch(dataDir, ...flags)
  const [message] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')])
  return { message, code: child.exitCode }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  const started = Date.now()
  child.kill(signal)
  await once(child, 'exit')
  return Date.now() - started
}

/** Command lines of the processes that work on this data directory. */
const processesOn = (dataDir: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(dataDir) && line.includes('--db-path'))

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch (error) {
    // It ended between the two calls.
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return ''
    throw error
  }
}

const mailsAt = async (baseUrl: string): Promise<{ subject: string }[]> =>
  ((await (await fetch(`${baseUrl}/inbox/store`)).json()) as { emails: { subject: string }[] }).emails

async function sendMail(baseUrl: string, subject: string): Promise<void> {
  const inbox = (await fetch(`${baseUrl}/inbox`, { redirect: 'manual' })).headers.get('location') ?? ''
  const client = new SESClient(clientOptions(inbox.replace(/\/$/, '')))
  const Message = { Subject: { Data: subject }, Body: { Text: { Data: 'hello' } } }
  await client.send(
    new SendEmailCommand({
      Source: 'a@example.org',
      Destination: { ToAddresses: ['b@example.org'] },
      Message,
    }),
  )
  client.destroy()
}

test('it stops within two seconds on Ctrl-C, leaves nothing running, and keeps its data until --reset', async () => {
  const dataDir = temporaryDirectory()
  const first = await launchReady(dataDir)
  await sendMail(first.baseUrl, 'kept')
  expect(processesOn(dataDir)).not.toEqual([])
  expect(await stop(first.child, 'SIGINT')).toBeLessThan(2000)
  expect(first.child.exitCode).toBe(0)
  expect(processesOn(dataDir)).toEqual([])
  const second = await launchReady(dataDir)
  expect(await mailsAt(second.baseUrl)).toMatchObject([{ subject: 'kept' }])
  await stop(second.child, 'SIGTERM')
  const third = await launchReady(dataDir, '--reset')
  expect(await mailsAt(third.baseUrl)).toEqual([])
})

test('killed by force, it leaves no engine behind, and starts again with what it had acknowledged', async () => {
  const dataDir = temporaryDirectory()
  const { child, baseUrl } = await launchReady(dataDir)
  await sendMail(baseUrl, 'acknowledged')
  await stop(child, 'SIGKILL')
  await vi.waitFor(() => expect(processesOn(dataDir)).toEqual([]), 5000)
  const again = await launchReady(dataDir)
  expect(await mailsAt(again.baseUrl)).toMatchObject([{ subject: 'acknowledged' }])
})

test('a second start on the same data is refused and says where the first one is', async () => {
  const dataDir = temporaryDirectory()
  const { child, baseUrl } = await launchReady(dataDir)
  const { message, code } = await refusal(dataDir, '--port', '0', '--reset')
  expect(code).toBe(1)
  expect(message).toContain(`${dataDir} is in use by ${baseUrl} (process ${child.pid})`)
  expect((await fetch(`${baseUrl}/inbox/store`)).status).toBe(200)
})

test('a taken port is named, with the fix', async () => {
  const other = createServer()
  const port = await listenOnLoopback(other)
  onTestFinished(() => closeServer(other))
  const { message, code } = await refusal(temporaryDirectory(), '--port', String(port))
  expect(code).toBe(1)
  expect(message).toContain(`Port ${port} is taken by another program.`)
  expect(message).toContain('npm start -- --port')
})

test.each([
  ['--port', 'eighty'],
  ['--port', '65536'],
  ['--frobnicate', ''],
])('bad flag %s %s is refused with words', async (flag, value) => {
  const { message, code } = await refusal(
    temporaryDirectory(),
    ...[flag, value].filter((part) => part !== ''),
  )
  expect(code).toBe(1)
  expect(message).toContain(flag)
  expect(message).not.toContain('    at ')
})
