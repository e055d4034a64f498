import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { stages } from '../stages.ts'

const repository = join(import.meta.dirname, '../..')
const binaries = join(repository, 'node_modules/.bin')
const account = '000000000000'

/** Dummy keys only, so that no command below can reach a real account. */
const environment = (endpoint: string): NodeJS.ProcessEnv => ({
  PATH: [binaries, process.env.PATH].join(delimiter),
  HOME: process.env.HOME,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: stages.localstack.region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
})

/** Runs the CDK's command line against LocalStack; rejects when it fails. */
function cdk(endpoint: string, cwd: string, ...args: string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const child = spawn(join(binaries, 'cdk'), args, { cwd, env: environment(endpoint), stdio: 'inherit' })
  child.once('error', reject)
  child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`cdk ${args[0]} failed`))))
  return promise
}

/** Prepares LocalStack for deployments: from an empty folder, or it would write the app's assembly anew. */
export async function bootstrap(endpoint: string): Promise<void> {
  const empty = mkdtempSync(join(tmpdir(), 'duely-bootstrap-'))
  try {
    await cdk(endpoint, empty, 'bootstrap', `aws://${account}/${stages.localstack.region}`)
  } finally {
    rmSync(empty, { recursive: true })
  }
}

/** Deploys all stacks of the LocalStack profile. */
export const deploy = (endpoint: string): Promise<void> =>
  cdk(endpoint, repository, 'deploy', '--all', '-c', 'profile=localstack', '--require-approval', 'never')
