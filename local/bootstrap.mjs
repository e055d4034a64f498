// Runs the project's commands on a bare clone: any Node from 20 on, no packages installed yet. It installs
// them when they are missing or out of date, and then runs the command with the Node that is one of them.
// Plain JavaScript without dependencies, because nothing else is there when it starts.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const oldestNode = 20
const wantedNode = 24
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** What each command runs, before the arguments given. `stop` lets it end when this process does. */
const vitest = 'node_modules/vitest/vitest.mjs'
const commands = {
  start: { run: ['local/start.ts'], linked: true },
  test: { run: [vitest, 'run'] },
  'test:deep': { run: [vitest, 'run'], env: { TEST_DEPTH: 'deep' } },
  'test:unit': { run: [vitest, 'run', '--project', 'unit'] },
  'test:integration': { run: [vitest, 'run', '--project', 'integration'] },
  'test:e2e': { run: [vitest, 'run', '--project', 'e2e'] },
  /** Any file of the project. */
  run: { run: [] },
}

class Refusal extends Error {}

const say = (text) => process.stderr.write(`${text}\n`)
const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0])

function checkOwnNode() {
  if (majorOf(process.version) >= oldestNode) return
  throw new Refusal(`Node ${oldestNode} or newer is needed to begin; this is ${process.version}.
Fix: install a current Node from https://nodejs.org (any version from ${oldestNode} on; the project brings its own Node ${wantedNode}).`)
}

/** Changes whenever the lock file or the machine's kind does. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex')
}

const stampFile = join(modules, '.installed-from')

const isStamped = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()

/** Somebody ran `npm ci` themselves since the lock file last changed. Asked only while nobody is installing. */
function isInstalledByHand() {
  const npmsOwn = join(modules, '.package-lock.json')
  if (existsSync(stampFile) || !existsSync(npmsOwn)) return false
  return statSync(npmsOwn).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

async function ensureInstalled() {
  if (isStamped()) return
  await withInstallLock(async () => {
    if (isStamped()) return
    if (!isInstalledByHand()) await install()
    writeFileSync(stampFile, wantedStamp())
  })
}

const lock = join(root, '.local', 'install-lock')

/** One installation at a time in one clone. The lock is a directory, which only one process can make. */
async function withInstallLock(action) {
  // The runtime keeps its data in there, for nobody else to read.
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 })
  let told = false
  while (!tryLock()) {
    if (!told) say('Another process is installing the packages here; waiting for it …')
    told = true
    await delay(200)
  }
  try {
    await action()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function tryLock() {
  try {
    mkdirSync(lock)
    writeFileSync(join(lock, 'owner'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAbandoned()) removeAbandoned()
    return false
  }
}

/** The owner died, and the npm it had started too. One that has not yet written its number gets ten seconds to do so. */
function isAbandoned() {
  try {
    const owner = join(lock, 'owner')
    if (existsSync(owner)) return !readFileSync(owner, 'utf8').split('\n').some(isAlive)
    return Date.now() - statSync(lock).mtimeMs > 10_000
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
    return false
  }
}

function isAlive(line) {
  const pid = Number(line)
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Moved aside first: of several waiting processes only one succeeds, and never with a lock newly taken. */
function removeAbandoned() {
  const aside = `${lock}-${process.pid}`
  try {
    renameSync(lock, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
}

async function install() {
  say('Installing the packages (once; about a minute on a fast line) …')
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const ticker = setInterval(() => say(`  still installing, ${seconds()} s`), 10_000)
  const { code, output } = await npmCi().finally(() => clearInterval(ticker))
  if (code !== 0)
    throw new Refusal(
      `The packages could not be installed.\n${explain(output)}\n\nnpm said:\n${head(output)}`,
    )
  say(`  installed in ${seconds()} s`)
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const viaNpm = process.env.npm_execpath
  const child = viaNpm?.endsWith('.js')
    ? spawn(process.execPath, [viaNpm, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        shell: process.platform === 'win32',
      })
  if (child.pid !== undefined) appendFileSync(join(lock, 'owner'), `\n${child.pid}`)
  // An installation cut short leaves no npm behind that goes on writing.
  const passOn = signals.map((signal) => [signal, () => child.kill(signal)])
  for (const [signal, kill] of passOn) process.on(signal, kill)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.code} ${error.message}` }))
    child.on('close', (code) => {
      for (const [signal, kill] of passOn) process.off(signal, kill)
      resolve({ code: code ?? 1, output })
    })
  })
}

/** What matters in npm's output stands first; the rest is its help. */
const head = (output) =>
  output
    .split('\n')
    .filter((line) => /^npm (error|ERR!) \S/.test(line))
    .slice(0, 12)
    .map((line) => `  ${line}`)
    .join('\n')

const explanations = [
  [
    /ENOENT.*npm|spawn npm/,
    'npm was not found. Fix: install Node with npm from https://nodejs.org, then try again.',
  ],
  [/ENOSPC/, 'The disk is full. Fix: free about 700 MB, then try again.'],
  [
    /EACCES|EPERM|EROFS/,
    'A file could not be written. Fix: make this folder yours (not root’s) and writable, then try again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    'The package registry could not be reached. Fix: check the network and, behind a proxy, `npm config get proxy` and `npm config get registry`; then try again.',
  ],
  [
    /CERT|SELF_SIGNED/,
    'The registry’s certificate is not trusted. Fix: behind a company proxy set NODE_EXTRA_CA_CERTS to its certificate file.',
  ],
  [
    /EUSAGE|not in sync/,
    'package.json and package-lock.json disagree. Fix: `git checkout package.json package-lock.json`, or `npm install` when you changed dependencies.',
  ],
  [
    /E401|E403|ENEEDAUTH/,
    'The registry refuses access. Fix: check `npm config get registry` and your login there.',
  ],
  [
    /E404|ETARGET/,
    'The registry lacks one of the packages. Fix: check `npm config get registry`; a mirror may be behind.',
  ],
  [/EINTEGRITY/, 'A package arrived damaged. Fix: `npm cache verify`, then try again.'],
]

const explain = (output) =>
  explanations.find(([pattern]) => pattern.test(output))?.[1] ??
  'Fix: see what npm says below; `npm ci` by hand shows it in full.'

/** The Node among the packages; this very one will do when it is new enough. */
function findNode() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  const installed = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  for (const program of [installed, own]) {
    const { status, stdout } = spawnSync(program, ['-v'], { encoding: 'utf8' })
    if (status === 0 && majorOf(stdout.trim()) === wantedNode) return program
  }
  if (majorOf(process.version) >= wantedNode) return process.execPath
  throw new Refusal(`Node ${wantedNode} is one of the packages, but it is not there: npm was probably told not to run install scripts (ignore-scripts).
Fix: \`npm rebuild node --ignore-scripts=false\`, or run this with Node ${wantedNode} or newer (this is ${process.version}).`)
}

/** `kill` of an `npm start` ends npm and its shell, but no signal comes through to here: a new parent tells. */
function stopWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && stop(), 250).unref()
}

/** Runs the command to its end. Signals go on to it; its end, exit code or signal, becomes ours. */
function run(command, args) {
  const node = findNode()
  const child = spawn(node, [...command.run, ...args], {
    cwd: root,
    env: {
      ...process.env,
      ...command.env,
      PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    },
    // The channel closes when this process ends, even by force, and the runtime stops then.
    stdio: command.linked ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  })
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  stopWithNpm(() => child.kill('SIGTERM'))
  child.on('error', (error) => {
    say(`${node} could not be run: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined)
    throw new Refusal(`Usage: node local/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`)
  checkOwnNode()
  await ensureInstalled()
  run(command, args)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  say(error.message)
  process.exit(1)
}
