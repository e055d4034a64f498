import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { environmentNames } from '../../../shared/api/environment.ts'
import { synthesise } from './support/synthesis.ts'

const folder = new URL('../../../functions/', import.meta.url)
const functions = readdirSync(folder).filter((file) => file.endsWith('.ts'))
const deployed = synthesise(stages.prod).resources('AWS::Lambda::Function')

/** What a variable holds is of no matter here, except where the code looks inside. */
const values: Readonly<Record<string, string>> = {
  [environmentNames.tokenKeys]: '{"keys":[]}',
  [environmentNames.tokenKeysUrl]:
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A/.well-known/jwks.json',
  [environmentNames.tokenIssuer]: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A',
  [environmentNames.addressFactor]: '1',
  [environmentNames.publicUrl]: 'https://duely.example.org',
  [environmentNames.filesBucketUrl]: 'https://files.s3.eu-west-1.amazonaws.com',
  [environmentNames.filesOrigin]: 'https://files.example.org',
}

function variablesOf(name: string): string[] {
  const found = [...deployed].find(([id]) => id.replace(/Function[0-9A-F]{8}$/, '') === name)
  const environment = found?.[1].Properties.Environment as { Variables: object } | undefined
  return Object.keys(environment?.Variables ?? {}).sort()
}

/** Loads function files in a new process that has these variables and what Lambda itself sets; rejects if one throws. */
async function load(files: readonly string[], variables: readonly string[]): Promise<void> {
  const env = Object.fromEntries(variables.map((name) => [name, values[name] ?? 'something']))
  const script = files.map((file) => `await import(${JSON.stringify(new URL(file, folder).href)})`).join('\n')
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(folder),
    env: { ...env, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
  })
}

const named = (file: string) => file.replace(/\.ts$/, '')
const groups = Map.groupBy(functions, (file) => variablesOf(named(file)).join(' '))

describe('every function starts with the variables that its stack gives it', () => {
  test.each([...groups].map(([variables, files]) => ({ variables, files })))(
    '$files',
    async (group) => {
      await expect(load(group.files, group.variables.split(' '))).resolves.toBeUndefined()
    },
    30_000,
  )

  test('and would not without', async () => {
    const [file = ''] = functions.filter((name) => named(name) === 'createTask')
    await expect(load([file], [])).rejects.toThrow('is not set')
  })
})
