import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Canary } from './canary.ts'

const root = new URL('../..', import.meta.url).pathname
/** What tests need of the repository. */
const parts = [
  'docs',
  'functions',
  'infra',
  'local',
  'shared',
  'test',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]

type Fate = 'caught' | 'not caught' | 'no verdict'

export interface Field {
  /** Runs the tests of these canaries with none of them planted: what fails anyway proves nothing. */
  isSound(canaries: readonly Canary[]): Promise<boolean>
  /** Plants one canary, runs its tests and takes it out again. */
  try(canary: Canary): Promise<Fate>
  close(): Promise<void>
}

/** The file of a canary with its fault in. Throws when the list is out of step with the code. */
export const spoilt = (text: string, { name, file, find, replace }: Canary): string => {
  const [before, after, ...more] = text.split(find)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${name}: in ${file} there must be exactly one ${JSON.stringify(find)}`)
  }
  return `${before}${replace}${after}`
}

interface Report {
  readonly numFailedTests: number
  readonly numPassedTests: number
}

type Asked = Pick<Canary, 'tests' | 'only'>

/** All tests of some canaries: those that are asked for by name, and those of which whole files are. */
const allOf = (canaries: readonly Canary[]): Asked[] => {
  const [named, whole] = [canaries.filter(({ only }) => only), canaries.filter(({ only }) => !only)]
  const testsOf = (some: readonly Canary[]) => [...new Set(some.flatMap(({ tests }) => tests))]
  const only = [...new Set(named.map(({ only }) => only))].join('|')
  return [{ tests: testsOf(named), only }, { tests: testsOf(whole) }].filter(({ tests }) => tests.length > 0)
}

/** Tests of a canary, as vitest counts them; `undefined` when it did not come so far. */
const run = async (folder: string, { tests, only }: Asked): Promise<Report | undefined> => {
  const output = join(folder, 'report.json')
  await rm(output, { force: true })
  const options = ['--reporter=json', `--outputFile=${output}`, ...(only === undefined ? [] : ['-t', only])]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...tests, ...options], {
    cwd: folder,
    stdio: 'ignore',
  })
  await new Promise((resolve) => child.once('exit', resolve))
  const text = await readFile(output, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Report)
}

/** A file that does not even load would fail every test, whatever is wrong with it: that proves nothing. */
const fateOf = (report: Report | undefined): Fate => {
  if (report === undefined || report.numFailedTests + report.numPassedTests === 0) return 'no verdict'
  return report.numFailedTests > 0 ? 'caught' : 'not caught'
}

/** A copy of the repository in which canaries are planted, one at a time. */
export const openField = async (): Promise<Field> => {
  const folder = await mkdtemp(join(tmpdir(), 'duely-canaries-'))
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    isSound: async (canaries) => {
      for (const asked of allOf(canaries)) {
        const report = await run(folder, asked)
        if (report === undefined || report.numFailedTests > 0 || report.numPassedTests === 0) return false
      }
      return true
    },
    try: async (canary) => {
      const path = join(folder, canary.file)
      const text = await readFile(path, 'utf8')
      await writeFile(path, spoilt(text, canary))
      try {
        return fateOf(await run(folder, canary))
      } finally {
        await writeFile(path, text)
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
