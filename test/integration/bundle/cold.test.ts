import { join } from 'node:path'
import { expect, it } from 'vitest'
import { measureCold } from '../../bench/cold.ts'

it('a bundle with a usual mix of libraries starts faster than the bare SDK', {
  timeout: 60_000,
}, async () => {
  const rows = await measureCold({ runs: 3, sourceDir: join(import.meta.dirname, 'functions') })
  expect(rows.map(({ name }) => name)).toEqual(['readThing', 'renderMail', 'signUp', 'writeThing'])
  for (const { bytes, coldRatio } of rows) {
    expect(bytes).toBeLessThan(260_000)
    expect(coldRatio).toBeGreaterThan(0.05)
    expect(coldRatio).toBeLessThan(0.9)
  }
})
