import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canaries } from '../../canaries/all.ts'
import { spoilt } from '../../canaries/planted.ts'

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url)

describe('canaries', () => {
  test.each(canaries.map((canary) => [canary.name, canary] as const))('%s', (_, canary) => {
    const text = readFileSync(at(canary.file), 'utf8')
    expect(spoilt(text, canary)).not.toBe(text)
    expect(canary.tests.filter((path) => !existsSync(at(path)))).toEqual([])
  })

  test('are more than twenty, and no two alike', () => {
    expect(new Set(canaries.map(({ name }) => name)).size).toBe(canaries.length)
    expect(new Set(canaries.map(({ file, find }) => file + find)).size).toBe(canaries.length)
    expect(canaries.length).toBeGreaterThan(24)
  })

  test('are out of step when their text is gone, or stands twice', () => {
    const canary = { name: 'c', file: 'f', find: 'a', replace: 'b', tests: [] }
    expect(spoilt('xax', canary)).toBe('xbx')
    expect(() => spoilt('xx', canary)).toThrow('exactly one')
    expect(() => spoilt('aa', canary)).toThrow('exactly one')
  })
})
