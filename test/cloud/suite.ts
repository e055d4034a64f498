import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { findingsVariable } from './capabilities.ts'
import { type Running, run, tail } from './processes.ts'
import { binaries, repository, SuiteError } from './settings.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export interface SuiteResult extends Counts {
  /** Full names of the tests that were skipped, and of those that failed. */
  readonly skippedNames: readonly string[]
  readonly failedNames: readonly string[]
}

interface Report {
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

export interface Target {
  /** Where the deployed API answers, without a trailing slash. */
  readonly baseUrl: string
  /** Where the sent mails can be read. */
  readonly mailboxUrl: string
  /** Where all services answer, the hosts of S3 and of WebSocket APIs among them. */
  readonly via: string
  /** Findings of the probes, as JSON. */
  readonly findings: string
  /** Parts of the paths of the test files to run; none means all. */
  readonly files: readonly string[]
}

/** Runs the e2e project of Vitest against a target; a file that does not load, or no test at all, is a failure. */
export async function runSuite(
  target: Target,
  folder: string,
  onStart?: (running: Running) => void,
): Promise<SuiteResult> {
  const log = join(folder, 'e2e.log')
  const file = join(folder, 'e2e.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const env = {
    ...process.env,
    PATH: `${binaries}${delimiter}${process.env.PATH}`,
    BASE_URL: target.baseUrl,
    MAILBOX_URL: target.mailboxUrl,
    FILES_VIA: target.via,
    LIVE_VIA: target.via,
    CLOUD_ENDPOINT: target.via,
    [findingsVariable]: target.findings,
  }
  const args = ['run', '--project', 'e2e', ...reporters, ...target.files]
  const command = { file: join(binaries, 'vitest'), args, cwd: repository, env, log, limit: 600 }
  const status = await run(command, onStart)
  if (!existsSync(file)) throw new SuiteError(`vitest gave no report (${log}):\n${tail(log, 25)}`)
  const result = countsOf(JSON.parse(readFileSync(file, 'utf8')) as Report)
  if (result.failed > 0 || status !== 0) process.stdout.write(`${tail(log, 60)}\n`)
  return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result
}

/** Counts of a report of Vitest's JSON reporter. */
function countsOf(report: Report): SuiteResult {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const named = (...statuses: string[]) =>
    tests.filter((test) => statuses.includes(test.status)).map((test) => test.fullName)
  const unloaded = report.testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => relative(repository, file.name))
  const skippedNames = named('skipped', 'pending', 'todo', 'disabled')
  const failedNames = [...named('failed'), ...unloaded]
  const passed = named('passed').length
  const empty = passed + failedNames.length === 0 ? 1 : 0
  return {
    passed,
    failed: failedNames.length + empty,
    skipped: skippedNames.length,
    skippedNames,
    failedNames: empty ? ['no test ran'] : failedNames,
  }
}
