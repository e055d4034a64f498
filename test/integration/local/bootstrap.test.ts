import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDirectory } from './temporaryDirectory.ts'

interface Clone {
  readonly directory: string
  run(...args: string[]): Promise<{ code: number | null; output: string }>
  start(...args: string[]): ChildProcess
}

/** A clone with the real bootstrap and one dependency: a package in the clone itself, or what the test wants. */
function bareClone(resolved = 'file:dependency'): Clone {
  const directory = temporaryDirectory()
  const write = (file: string, content: unknown) =>
    writeFileSync(join(directory, file), JSON.stringify(content))
  mkdirSync(join(directory, 'local'))
  mkdirSync(join(directory, 'dependency'))
  copyFileSync(
    join(import.meta.dirname, '../../../local/bootstrap.mjs'),
    join(directory, 'local/bootstrap.mjs'),
  )
  const own = { name: 'clone', version: '1.0.0', dependencies: { dependency: resolved } }
  const local = {
    'node_modules/dependency': { resolved: 'dependency', link: true },
    dependency: { version: '1.0.0' },
  }
  const remote = { 'node_modules/dependency': { version: '1.0.0', resolved } }
  const packages = { '': own, ...(resolved.startsWith('file:') ? local : remote) }
  write('package.json', own)
  write('package-lock.json', {
    name: 'clone',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages,
  })
  write('dependency/package.json', { name: 'dependency', version: '1.0.0' })
  writeFileSync(
    join(directory, 'say.mjs'),
    'console.log("ran", ...process.argv.slice(2)); process.exitCode = 7',
  )
  const start = (...args: string[]) => {
    const env = { ...process.env, npm_config_fetch_retries: '0' }
    return spawn(process.execPath, ['local/bootstrap.mjs', ...args], { cwd: directory, env })
  }
  const run = async (...args: string[]) => {
    const child = start(...args)
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: child.exitCode, output: out + err }
  }
  return { directory, run, start }
}

test('a bare clone installs once, and passes arguments and exit code on', async () => {
  const clone = bareClone()
  const first = await clone.run('run', 'say.mjs', 'a', '--b')
  expect(first.output).toContain('Installing the packages')
  expect(first.output).toContain('ran a --b')
  expect(first.code).toBe(7)
  const second = await clone.run('run', 'say.mjs')
  expect(second.output).toBe('ran\n')
})

test('a changed lock file is installed anew', async () => {
  const clone = bareClone()
  await clone.run('run', 'say.mjs')
  const lockFile = join(clone.directory, 'package-lock.json')
  writeFileSync(lockFile, `${readFileSync(lockFile, 'utf8')}\n`)
  expect((await clone.run('run', 'say.mjs')).output).toContain('Installing the packages')
})

test('two at once on one bare clone: one installs, the other waits, both run', async () => {
  const clone = bareClone()
  const results = await Promise.all([clone.run('run', 'say.mjs'), clone.run('run', 'say.mjs')])
  expect(results.map(({ code }) => code)).toEqual([7, 7])
  const outputs = results.map(({ output }) => output)
  expect(outputs.filter((output) => output.includes('Installing the packages'))).toHaveLength(1)
  expect(existsSync(join(clone.directory, 'node_modules/dependency/package.json'))).toBe(true)
  expect(existsSync(join(clone.directory, '.local/install-lock'))).toBe(false)
})

test('a lock left behind by a process that died is taken over', async () => {
  const clone = bareClone()
  const lock = join(clone.directory, '.local/install-lock')
  mkdirSync(lock, { recursive: true })
  const dead = spawn(process.execPath, ['-e', ''])
  await once(dead, 'exit')
  writeFileSync(join(lock, 'owner'), String(dead.pid))
  expect((await clone.run('run', 'say.mjs')).code).toBe(7)
})

test('without a way to the registry it says so and what to do', async () => {
  const clone = bareClone('http://127.0.0.1:9/dependency-1.0.0.tgz')
  const { code, output } = await clone.run('run', 'say.mjs')
  expect(code).toBe(1)
  expect(output).toContain('The package registry could not be reached. Fix: check the network')
  expect(output).not.toContain('ran')
})

test('an unknown command names the known ones', async () => {
  const { code, output } = await bareClone().run('frobnicate')
  expect(code).toBe(1)
  expect(output).toMatch(/^Usage: node local\/bootstrap\.mjs <start\|test\|/)
})

test('signals go on to the program, and its end becomes ours', async () => {
  const clone = bareClone()
  const script =
    'process.on("SIGTERM", () => process.exit(3)); console.log("ready"); setInterval(() => {}, 1000)'
  writeFileSync(join(clone.directory, 'wait.mjs'), script)
  const child = clone.start('run', 'wait.mjs')
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  await vi.waitFor(() => expect(output).toContain('ready'), 20_000)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(code).toBe(3)
})
