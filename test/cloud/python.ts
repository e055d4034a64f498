import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run, tail } from './processes.ts'
import { emulatorSources, exitCodes, repository, SuiteError, workFolder } from './settings.ts'

const requirements = join(emulatorSources, 'requirements.txt')
const versionQuestion = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])'

/**
 * The interpreter of a virtual environment with exactly the packages of `requirements.txt`, made on first use.
 * Environments are named by their contents and put in place by one rename, so that parallel runs may share them.
 * Throws `SuiteError` with `exitCodes.unreachable` when Python or the index cannot be had.
 */
export async function emulatorPython(log: string): Promise<string> {
  const python = findPython()
  const content = createHash('sha256').update(readFileSync(requirements)).update(python.version)
  const folder = join(workFolder, `python-${content.digest('hex').slice(0, 12)}`)
  const interpreter = join(folder, 'bin', 'python3')
  if (!existsSync(interpreter)) await build(python.file, folder, log)
  return interpreter
}

/** Version of MiniStack that the requirements name. */
export function emulatorVersion(): string {
  return /^ministack==(\S+)/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? 'unknown'
}

function findPython(): { file: string; version: string } {
  for (const file of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const answer = spawnSync(file, ['-c', versionQuestion], { encoding: 'utf8' })
    const version = answer.status === 0 ? answer.stdout.trim() : ''
    const [major = 0, minor = 0] = version.split('.').map(Number)
    if (major === 3 && minor >= 10) return { file, version }
  }
  throw new SuiteError(
    'Python 3.10 or newer with venv is not on PATH: install it (Debian: apt-get install python3-venv)',
    exitCodes.unreachable,
  )
}

async function build(python: string, folder: string, log: string): Promise<void> {
  mkdirSync(workFolder, { recursive: true })
  const draft = `${folder}.${process.pid}`
  const command = { cwd: repository, env: process.env, log, limit: 300 }
  const made = await run({ ...command, file: python, args: ['-m', 'venv', draft] })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes']
  const args = [...pip, '--only-binary', ':all:', '-r', requirements]
  const installed = made === 0 && (await run({ ...command, file: join(draft, 'bin', 'python3'), args })) === 0
  if (!installed) {
    rmSync(draft, { recursive: true, force: true })
    throw notInstalled(tail(log))
  }
  putInPlace(draft, folder)
}

/** An index that answers, but not with what the requirements name, is our defect and no reason to skip. */
function notInstalled(log: string): SuiteError {
  const defect = /DO NOT MATCH THE HASHES|from versions: (?!none)/.test(log)
  const reason = log.split('\n').slice(-2).join(' | ')
  const message = `MiniStack could not be installed from the Python package index: ${reason}`
  return new SuiteError(message, defect ? exitCodes.broken : exitCodes.unreachable)
}

function putInPlace(draft: string, folder: string): void {
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another run was first, with the same contents.
    if (!existsSync(folder)) throw error
  }
}
