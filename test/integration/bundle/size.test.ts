import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildFunctions } from '../../../infra/bundle/build.ts'
import { fallback, routes } from '../../../shared/api/routes.ts'
import { overBudget } from '../../bench/budget.ts'

it('every function builds, and those behind the API keep to their size', { timeout: 180_000 }, async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'bundle-size-'))
  const built = await buildFunctions({ outDir, codeCache: false })
  const names = built.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...routes, fallback].map(({ name }) => name)))
  expect(overBudget(built.map(({ name, bytes }) => ({ name, bytes, coldRatio: 0 })))).toEqual([])
  await rm(outDir, { recursive: true })
})
