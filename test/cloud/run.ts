/**
 * `npm run test:cloud`: the real stacks, deployed by plain `cdk` to an emulated cloud on this machine, under the same
 * e2e suite that runs against the local runtime. Leaves nothing behind but, when something failed, its logs.
 * Arguments choose test files by a part of their paths (`-- comments inbox`); `--probes` only examines the emulator.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { knownLacks, writeFindings } from './capabilities.ts'
import { cdkFor, output } from './cdk.ts'
import { type Emulator, httpApiUrl, startEmulator } from './emulator.ts'
import { buildFunctions } from './functions.ts'
import { mailboxUrl } from './mailbox.ts'
import { examine } from './probes/all.ts'
import { stackNames } from './probes/stack.ts'
import type { Running } from './processes.ts'
import { emulatorPython, emulatorVersion } from './python.ts'
import { announcer, printFindings, printNames } from './report.ts'
import { exitCodes, SuiteError, workFolder } from './settings.ts'
import { type Counts, runSuite } from './suite.ts'

const announce = announcer()
const chosen = parseArgs({ allowPositionals: true, options: { probes: { type: 'boolean', default: false } } })
const children = new Set<{ stop(): Promise<void> }>()
const remember = (running: Running) => {
  children.add(running)
  const forget = () => children.delete(running)
  running.ended.then(forget, forget)
}

async function main(): Promise<number> {
  mkdirSync(workFolder, { recursive: true })
  const folder = mkdtempSync(join(workFolder, 'run-'))
  announce(`MiniStack ${emulatorVersion()}; logs in ${folder}`)
  const python = await emulatorPython(join(folder, 'python.log'))
  const emulator = await startEmulator(python, folder)
  children.add(emulator)
  try {
    if (chosen.values.probes) {
      printFindings(emulatorVersion(), await examine(emulator))
      rmSync(folder, { recursive: true })
      return exitCodes.passed
    }
    const counts = await suiteOn(emulator, folder)
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
    if (counts.failed > 0 || counts.unexpectedLacks.length > 0) return exitCodes.failed
    rmSync(folder, { recursive: true })
    return exitCodes.passed
  } finally {
    await emulator.stop()
  }
}

async function suiteOn(
  emulator: Emulator,
  folder: string,
): Promise<Counts & { readonly unexpectedLacks: readonly string[] }> {
  const cdk = cdkFor(emulator, folder, undefined, remember)
  announce('probing the emulator while the stacks are built and deployed')
  const [findings, outputs] = await Promise.all([
    examine(emulator),
    Promise.all([cdk.bootstrap(), buildFunctions(folder, remember)]).then(cdk.deploy),
  ])
  printFindings(emulatorVersion(), findings)
  const findingsFile = join(folder, 'capabilities.json')
  writeFindings(findingsFile, findings)
  announce('running the e2e suite over HTTP')
  const target = {
    baseUrl: httpApiUrl(emulator, output(outputs, 'HttpApiId')),
    mailboxUrl: mailboxUrl(emulator.url),
    via: emulator.url,
    findings: findingsFile,
  }
  const result = await runSuite({ ...target, files: chosen.positionals }, folder, remember)
  printNames('skipped', result.skippedNames)
  printNames('failed', result.failedNames)
  const unexpectedLacks = findings
    .filter(({ name, verdict }) => verdict !== 'works' && !knownLacks.includes(name))
    .map(({ name, detail }) => `${name}: ${detail}`)
  printNames('not known to be lacking, so that tests were skipped that should have run', unexpectedLacks)
  announce('destroying the stacks')
  await cdk.destroy()
  await verifyDestroyed(emulator, Object.keys(outputs))
  return { ...result, unexpectedLacks }
}

async function verifyDestroyed(emulator: Emulator, deployed: readonly string[]): Promise<void> {
  const left = (await stackNames(emulator)).filter((name) => deployed.includes(name))
  if (left.length > 0) throw new SuiteError(`still there after cdk destroy: ${left.join(', ')}`)
}

async function stopOn(signal: NodeJS.Signals): Promise<void> {
  announce(`${signal}: stopping`)
  await Promise.all([...children].map((child) => child.stop()))
  process.exit(exitCodes.broken)
}
process.on('SIGINT', stopOn)
process.on('SIGTERM', stopOn)

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof SuiteError)) throw error
  process.stdout.write(
    `${error.exitCode === exitCodes.unreachable ? 'SKIPPED' : 'BROKEN'}: ${error.message}\n`,
  )
  process.exitCode = error.exitCode
}
