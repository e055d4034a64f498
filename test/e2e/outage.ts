/**
 * An outage of three minutes across a reminder, on the local runtime: `node test/e2e/outage.ts`. Takes five minutes,
 * hence no part of the suite, which has a short one. Exits with 1 unless the reminder came once and is marked late.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outage } from '../support/e2e/outage.ts'

const folder = mkdtempSync(join(tmpdir(), 'duely-outage-'))
try {
  process.stdout.write('A task with a reminder in one minute; the product is down for three …\n')
  const { mails, lateByMs } = await outage(join(folder, 'data'), { remindInMs: 60_000, downMs: 180_000 })
  const [mail] = mails
  process.stdout.write(
    `${mails.length} mail(s), ${lateByMs / 1000} s after its time:\n${mail?.subject}\n\n${mail?.text}\n`,
  )
  const isMarked = mail !== undefined && /^Late reminder/.test(mail.subject) && /is late/.test(mail.text)
  process.exitCode = mails.length === 1 && isMarked ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
