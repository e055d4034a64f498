import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Emulator } from './emulator.ts'
import { type Running, run, tail, timedOut } from './processes.ts'
import { account, binaries, region, repository, SuiteError, stage } from './settings.ts'

/** Outputs of the deployed stacks: stack name → output name → value. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface Cdk {
  bootstrap(): Promise<void>
  deploy(): Promise<Outputs>
  destroy(): Promise<void>
}

/** Plain `cdk` from the repository against an emulator; its files go to `folder`, so that runs do not meet. */
export function cdkFor(
  emulator: Emulator,
  folder: string,
  app = repository,
  onStart?: (running: Running) => void,
): Cdk {
  const log = join(folder, 'cdk.log')
  const outputsFile = join(folder, 'outputs.json')
  const assembly = join(folder, 'cdk.out')
  const empty = join(folder, 'empty')
  mkdirSync(empty, { recursive: true })
  const cdk = async (cwd: string, ...args: string[]) => {
    const all = [...args, '--ci', '--no-notices', '--no-version-reporting', '--no-path-metadata']
    const env = environment(emulator, folder)
    const status = await run({ file: join(binaries, 'cdk'), args: all, cwd, env, log, limit: 240 }, onStart)
    if (status === 0) return
    const manner = status === timedOut ? 'took more than 4 minutes' : 'failed'
    throw new SuiteError(`cdk ${args[0]} ${manner} (${log}; see also ${emulator.log}):\n${tail(log, 25)}`)
  }
  const ofApp = ['--all', '--context', `stage=${stage}`, '--output', assembly]
  return {
    // From an empty folder: inside the app's it would write the app's assembly without its bundles.
    bootstrap: () => cdk(empty, 'bootstrap', `aws://${account}/${region}`),
    deploy: async () => {
      const args = ['--require-approval', 'never', '--concurrency', '4', '--outputs-file', outputsFile]
      await cdk(app, 'deploy', ...ofApp, ...args)
      return JSON.parse(readFileSync(outputsFile, 'utf8')) as Outputs
    },
    destroy: () => cdk(app, 'destroy', ...ofApp, '--force'),
  }
}

/** The value of an output, whichever stack has it. */
export function output(outputs: Outputs, name: string): string {
  const value = Object.values(outputs).find((ofStack) => name in ofStack)?.[name]
  if (value === undefined)
    throw new SuiteError(`no stack has an output "${name}"; there are: ${list(outputs)}`)
  return value
}

const list = (outputs: Outputs) =>
  Object.entries(outputs)
    .flatMap(([name, ofStack]) => Object.keys(ofStack).map((key) => `${name}.${key}`))
    .join(', ') || 'none'

/** Dummy keys and a home of its own, so that no real profile, cache or account can be touched. */
function environment(emulator: Emulator, folder: string): NodeJS.ProcessEnv {
  return {
    PATH: `${binaries}${delimiter}${process.env.PATH}`,
    HOME: folder,
    TMPDIR: folder,
    LANG: 'C.UTF-8',
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  }
}
