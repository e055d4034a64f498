import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Cost } from './support/worstCosts.ts'

const limitMs = 20
const script = fileURLToPath(new URL('./support/worstCosts.ts', import.meta.url))
const costs: Cost[] = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))

describe('the worst rules within the limits, in milliseconds of processor time', () => {
  test('there are some', () => {
    expect(costs.length).toBeGreaterThan(30)
  })

  test.each(costs)('$rule from $due', (cost) => {
    expect(cost.start).toBeLessThan(limitMs)
    expect(cost.next).toBeLessThan(limitMs)
    expect(cost.nextFromCompletion).toBeLessThan(limitMs)
    // Five times the next.
    expect(cost.preview).toBeLessThan(2 * limitMs)
  })
})
