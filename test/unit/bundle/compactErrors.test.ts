import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { common, root } from '../../../infra/bundle/esbuildOptions.ts'
import { compactErrors } from '../../../infra/bundle/plugins/compactErrors.ts'

type ErrorClass = { new (options: object): Error; readonly shapeId: string }
type ErrorModule = Readonly<Record<string, ErrorClass>>

const clients = ['client-dynamodb', 'client-cognito-identity-provider', 'client-sqs', 'client-ses']
const options = {
  message: 'no',
  $metadata: {},
  ...{ Item: { a: 1 }, Message: 'No', CancellationReasons: [{ Code: 'None' }], ThrottlingReasons: [] },
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'errors-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function errorsOf(client: string, plugins: Plugin[]): Promise<ErrorModule> {
  const outfile = join(folder, `${client}-${plugins.length}.mjs`)
  const file = join(root, `node_modules/@aws-sdk/${client}/dist-es/models/errors.js`)
  await build({ ...common, minify: false, entryPoints: [file], format: 'esm', outfile, plugins })
  return import(pathToFileURL(outfile).href)
}

const shownBy = (one: ErrorClass) => {
  const error = new one(options)
  return { ...error, shapeId: one.shapeId, text: String(error), instance: error instanceof one }
}

describe.each(clients)('the compact error classes of %s', (client) => {
  it('are the same set and make the same errors as the SDK’s own', async () => {
    const own = await errorsOf(client, [])
    const compact = await errorsOf(client, [compactErrors()])
    expect(Object.keys(compact)).toEqual(Object.keys(own))
    expect(Object.keys(own).length).toBeGreaterThan(5)
    for (const [name, errorClass] of Object.entries(own)) {
      expect(shownBy(compact[name] as ErrorClass)).toEqual(shownBy(errorClass))
    }
  })

  it('are really compact', async () => {
    const source = String((await errorsOf(client, [compactErrors()])).LimitExceededException)
    expect(source).not.toContain('LimitExceededException')
  })
})
