import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { outage } from '../support/e2e/outage.ts'
import { onlyLocally } from '../support/e2e/requires.ts'

onlyLocally(
  'a reminder whose time comes while the product is down is mailed once after the next start',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'duely-e2e-restart-'))
    try {
      const { mails, lateByMs } = await outage(join(folder, 'data'), { remindInMs: 8_000, downMs: 9_000 })
      expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/reminder: Outage/i)])
      expect(mails[0]?.html).toContain('Outage')
      expect(lateByMs).toBeGreaterThan(0)
      expect(lateByMs).toBeLessThan(90_000)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  180_000,
)
