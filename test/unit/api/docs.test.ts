import { expect, test } from 'vitest'
import { docsAssets } from '../../../shared/api/docsAssets.ts'
import { docsPage, docsPolicy, docsStart } from '../../../shared/api/docsPage.ts'
import { getDocsAsset, getOpenApi } from '../../../shared/api/routes/meta.ts'
import { docsFile } from '../../../shared/world/docsFiles.ts'

const { asset } = getDocsAsset.params.shape
const names = Object.keys(asset._zod.def.entries) as (keyof typeof asset._zod.def.entries)[]

test('the assets that are routed are those there are', () => {
  expect(names.toSorted()).toEqual([...Object.keys(docsAssets), 'start.js'].sort())
})

test('the page loads those assets and nothing else, and has no script or style of its own', () => {
  const loaded = [...docsPage.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
  const others = ['data:,', getOpenApi.path.slice(1)]
  expect(loaded.toSorted()).toEqual([...names.map((name) => `docs/${name}`), ...others].sort())
  expect(docsPage).not.toMatch(/<style|<script>| style=| on\w+=/)
  expect(docsStart).toContain(`'${getOpenApi.path.slice(1)}'`)
})

test.each(names)('%s has its bytes and its media type', (name) => {
  const { bytes, mediaType } = docsFile(name)
  expect(bytes.length).toBeGreaterThan(100)
  expect(mediaType).toBe(name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8')
})

test('the policy allows our own origin and the API, and no inline code', () => {
  const policy = docsPolicy('https://duely.example/prefix')
  expect(policy).toContain("connect-src 'self' https://duely.example;")
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|\*|http:/)
})
