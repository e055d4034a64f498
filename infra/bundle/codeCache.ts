import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { cacheName } from './cacheName.ts'
import { createDryRun, type DryRun } from './dry/dryRun.ts'

/**
 * How Lambda's bootstrap starts Node, besides the heap sizes, which V8 does not count. A cache made without
 * `--expose-gc` is refused by a Node that has it, and the other way round.
 */
export const lambdaNodeFlags = ['--expose-gc', '--max-http-header-size=81920'] as const

const run = promisify(execFile)

/**
 * Puts a V8 code cache for this machine's Node into each bundle folder that has none: in a process of its own
 * the function is called three times, so that the cache holds just what a request needs.
 * @throws when this is not Node 24
 */
export async function makeCodeCaches(dirs: readonly string[]): Promise<void> {
  if (!process.version.startsWith('v24.')) {
    throw new Error(`A code cache must be made by Node 24, as Lambda runs; this is ${process.version}`)
  }
  await using dryRun = await createDryRun()
  const waiting = dirs.filter((dir) => !existsSync(join(dir, cacheName(true))))
  const worker = async () => {
    for (let dir = waiting.shift(); dir; dir = waiting.shift()) await makeCodeCache(dir, dryRun)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
}

async function makeCodeCache(dir: string, dryRun: DryRun): Promise<void> {
  const warm = join(import.meta.dirname, 'warm.ts')
  const event = JSON.stringify(dryRun.eventOf(basename(dir)))
  const own = { DRY_EVENT: event, LAMBDA_TASK_ROOT: dir }
  const options = { env: { ...process.env, ...dryRun.environment, ...own } }
  await run(process.execPath, [...lambdaNodeFlags, warm, dir], options)
}

// Adds caches to finished bundles, on the very runtime that will use them: docs/decisions/0003-code-cache.md.
if (import.meta.main) {
  const [outDir] = process.argv.slice(2)
  if (!outDir) throw new Error('Usage: node infra/bundle/codeCache.ts <folder of bundles>')
  const names = await readdir(outDir)
  await makeCodeCaches(names.map((name) => join(outDir, name)))
  console.log(`${names.length} functions have a code cache for ${process.version} ${process.arch}`)
}
