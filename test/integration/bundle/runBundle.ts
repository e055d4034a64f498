import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { lambdaNodeFlags } from '../../../infra/bundle/codeCache.ts'

const run = promisify(execFile)

interface Run {
  readonly dir: string
  readonly event?: object
  readonly environment?: Readonly<Record<string, string>>
  /** Statement run between the import and the call. */
  readonly before?: string
  readonly flags?: readonly string[]
}

interface Outcome {
  readonly result?: unknown
  /** Name of the error that the handler threw. */
  readonly error?: string
  /** Builtin modules that Node had loaded after the import. */
  readonly loaded: readonly string[]
  /** Lines the bundle logged. */
  readonly log: readonly string[]
}

/** Calls the handler of a bundle in a fresh process that has no variables but the given ones. */
export async function runBundle({
  dir,
  event = {},
  environment = {},
  before = '',
  flags = lambdaNodeFlags,
}: Run) {
  const program = `
    const { handler } = await import(${JSON.stringify(`${dir}/index.mjs`)})
    const loaded = process.moduleLoadList
    ${before}
    const outcome = await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 10000 })
      .then((result) => ({ result }), (error) => ({ error: error.name }))
    console.log(JSON.stringify({ ...outcome, loaded }))`
  const args = [...flags, '--input-type=module', '--eval', program]
  const { stdout } = await run(process.execPath, args, { env: environment })
  const lines = stdout.trimEnd().split('\n')
  return { ...JSON.parse(lines.pop() ?? '{}'), log: lines } as Outcome
}
