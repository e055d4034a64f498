import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { common, root } from '../../../infra/bundle/esbuildOptions.ts'
import { compactPartitions } from '../../../infra/bundle/plugins/compactPartitions.ts'

interface Module {
  partition(region: string): Record<string, unknown>
  readonly partitionsInfo: { readonly partitions: readonly { readonly regions: object }[] }
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partitions-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function moduleWith(plugins: Plugin[]): Promise<Module> {
  const outfile = join(folder, `${plugins.length}.mjs`)
  const files = join(root, 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws')
  const contents = `export * from './partition.js'\nexport * from './partitions.js'`
  await build({ ...common, stdin: { contents, resolveDir: files }, format: 'esm', outfile, plugins })
  return import(pathToFileURL(outfile).href)
}

it('finds the partition of every region, known or new, as the SDK does', async () => {
  const own = await moduleWith([])
  const compact = await moduleWith([compactPartitions()])
  const known = own.partitionsInfo.partitions.flatMap(({ regions }) => Object.keys(regions))
  expect(known.length).toBeGreaterThan(30)
  for (const region of [...known, 'eu-north-9', 'us-gov-north-1', 'nowhere']) {
    const { description, ...wanted } = own.partition(region)
    expect(compact.partition(region)).toMatchObject(wanted)
    expect(description === undefined).toBe(!known.includes(region))
  }
})
