import { execFile } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildFunctions } from '../../infra/bundle/build.ts'
import type { BuiltFunction } from '../../infra/bundle/bundleFolder.ts'
import { lambdaNodeFlags } from '../../infra/bundle/codeCache.ts'
import { createDryRun, type DryRun } from '../../infra/bundle/dry/dryRun.ts'
import { common } from '../../infra/bundle/esbuildOptions.ts'
import { median } from './median.ts'

export interface ColdRow {
  readonly name: string
  /** Minified code. */
  readonly bytes: number
  /** Import and first DynamoDB call in a fresh process, as a multiple of the bare SDK's (`baseline.ts`). */
  readonly coldRatio: number
}

const run = promisify(execFile)

interface Measurement {
  /** Cold starts of each bundle, and as many of the bare SDK. */
  readonly runs: number
  /** Folder of the functions, `functions/` by default. */
  readonly sourceDir?: string
}

/**
 * Builds the functions and measures their cold starts against the bare SDK's, in turns so that a busy machine
 * slows both. Both talk to the same responder on this machine.
 */
export async function measureCold({ runs, ...source }: Measurement): Promise<ColdRow[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const built = await buildFunctions({ outDir: join(folder.path, 'functions'), ...source })
  const baseline = await buildBaseline(folder.path)
  await using dryRun = await createDryRun()
  const rows: ColdRow[] = []
  for (const one of built) rows.push(await compare(one, baseline, { dryRun, runs }))
  return rows
}

/** Plain esbuild, SDK and default credential chain inside. */
async function buildBaseline(folder: string): Promise<string> {
  const outfile = join(folder, 'baseline.mjs')
  await build({ ...common, entryPoints: [join(import.meta.dirname, 'baseline.ts')], format: 'esm', outfile })
  return outfile
}

interface Session {
  readonly dryRun: DryRun
  readonly runs: number
}

async function compare(one: BuiltFunction, baseline: string, { dryRun, runs }: Session): Promise<ColdRow> {
  const own = { DRY_EVENT: JSON.stringify(dryRun.eventOf(one.name)), LAMBDA_TASK_ROOT: one.dir }
  const environment = { ...dryRun.environment, ...own }
  const ours: number[] = []
  const bare: number[] = []
  for (let turn = 0; turn < runs; turn++) {
    bare.push(await coldStart(baseline, environment))
    ours.push(await coldStart(join(one.dir, 'index.mjs'), environment))
  }
  return { name: one.name, bytes: one.bytes, coldRatio: median(ours) / median(bare) }
}

/** Milliseconds of one cold start, by a Node that is started as Lambda starts it. */
async function coldStart(file: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const program = join(import.meta.dirname, 'coldProcess.ts')
  const { stdout } = await run(process.execPath, [...lambdaNodeFlags, program, file], { env: environment })
  return Number(stdout.split('\n').at(-1))
}
