import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { declared, fakeBundles } from './support/synthesis.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'duely-cdk-'))
const bundles = fakeBundles(declared)
afterAll(() => {
  for (const path of [folder, bundles]) rmSync(path, { recursive: true })
})

/** Where every request would end that tries to leave the machine, and no container engine is found. */
const cutOff = {
  HTTP_PROXY: 'http://127.0.0.1:1',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  AWS_EC2_METADATA_DISABLED: 'true',
}

async function synth(...context: string[]) {
  const output = mkdtempSync(join(folder, 'out-'))
  const args = ['synth', '--quiet', '--output', output, ...context.flatMap((value) => ['-c', value])]
  const PATH = [join(repository, 'node_modules/.bin'), dirname(process.execPath)].join(':')
  const env = { ...cutOff, PATH, HOME: folder, TMPDIR: folder }
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [join(repository, 'node_modules/aws-cdk/bin/cdk'), ...args],
    {
      cwd: repository,
      env,
    },
  )
  const stacks = readdirSync(output).filter((file) => file.endsWith('.template.json'))
  return { stderr, stacks: stacks.map((file) => file.replace('.template.json', '')) }
}

describe('cdk synth, from the command line', { timeout: 60_000 }, () => {
  test('makes the stacks for AWS with no network and no container engine', async () => {
    const { stacks, stderr } = await synth('stage=prod', 'sender=duely@example.org', `bundles=${bundles}`)
    expect(stacks).toEqual(
      expect.arrayContaining(['duely-prod-data', 'duely-prod-gateway', 'duely-prod-watch']),
    )
    expect(stderr).not.toMatch(/warning/i)
  })

  test('makes the stacks for LocalStack likewise', async () => {
    const { stacks } = await synth('profile=localstack', `bundles=${bundles}`)
    expect(stacks).toEqual(expect.arrayContaining(['duely-local-data', 'duely-local-gateway']))
    expect(stacks).not.toContain('duely-local-watch')
  })

  test('warns where mails would come from nobody', async () => {
    expect((await synth('stage=dev', `bundles=${bundles}`)).stderr).toContain('-c sender=')
  })

  test('says which stages there are, and what to run before', async () => {
    await expect(synth('stage=moon', `bundles=${bundles}`)).rejects.toThrow('there are: dev, prod, trial')
    await expect(synth('stage=dev', `bundles=${folder}/none`)).rejects.toThrow('npm run build')
  })
})
