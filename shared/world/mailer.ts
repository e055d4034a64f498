import { SESClient } from '@aws-sdk/client-ses'
import { suppressionStore } from '../data/stores/suppressions.ts'
import { heeding } from '../domain/mail/heeding.ts'
import type { Mailer } from '../domain/notices/mailer.ts'
import { cursorKey, mailConfigurationSet, mailSender, publicUrl } from './environment.ts'
import { sesMailer } from './sesMailer.ts'
import { table } from './table.ts'

/** A timed-out send may have gone out: no retries below the ledger, which knows of each attempt. */
export const mailer = (): Mailer => {
  const settings = {
    publicUrl: publicUrl(),
    sender: mailSender(),
    unsubscribeKey: cursorKey(),
    configurationSet: mailConfigurationSet(),
  }
  return heeding(sesMailer(new SESClient({ maxAttempts: 1 }), settings), suppressionStore(table))
}
