import { join } from 'node:path'
import { type Running, run, tail } from './processes.ts'
import { binaries, repository, SuiteError } from './settings.ts'

/** Bundles the functions, as `npm run build` does, to where the CDK app takes them from. */
export async function buildFunctions(folder: string, onStart: (running: Running) => void): Promise<void> {
  const log = join(folder, 'build.log')
  const args = [join(repository, 'infra/bundle/build.ts')]
  const command = { file: join(binaries, 'node'), args, cwd: repository, env: process.env, log, limit: 300 }
  if ((await run(command, onStart)) !== 0)
    throw new SuiteError(`the functions do not build:\n${tail(log, 25)}`)
}
