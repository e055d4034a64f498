import { randomUUID } from 'node:crypto'
import { runJob as declaration } from '../../shared/api/triggers.ts'
import { deletionStore } from '../../shared/data/stores/deletions.ts'
import { exportStore } from '../../shared/data/stores/exports.ts'
import { ledgerStore } from '../../shared/data/stores/ledger.ts'
import { tokenStore } from '../../shared/data/stores/tokens.ts'
import { waitingStore } from '../../shared/data/stores/waiting.ts'
import { type AccountWork, runAccountWork } from '../../shared/domain/account/accountWork.ts'
import type { Mailer } from '../../shared/domain/notices/mailer.ts'
import { composeMessage } from '../../shared/mail/compose.ts'
import { renderMail } from '../../shared/mail/render.ts'
import type { App } from './app.ts'

/** A mail service that keeps what it is given, rendered as SES would get it. */
export const mailbox = () => {
  const mails: { readonly to: string; readonly text: string; readonly subject: string }[] = []
  const mailer: Mailer = {
    send: async (notice, recipient) => {
      const mail = renderMail(notice, recipient, {
        publicUrl: 'https://duely.test',
        sender: 'duely@duely.test',
        unsubscribeKey: 'key',
      })
      await composeMessage(mail)
      mails.push({ to: mail.to.address, text: mail.text, subject: mail.subject })
      return randomUUID()
    },
  }
  return { mails, mailer }
}

/** What the worker works with that looks after people's own data. */
export const accountWorkOf = (
  { stores, facts, table, identity, files, clock, jobQueue }: App,
  mailer: Mailer = mailbox().mailer,
): AccountWork => {
  const now = () => new Date(clock.now).toISOString()
  return {
    ...stores,
    deletions: deletionStore(table),
    accounts: identity,
    exports: exportStore(table),
    tokens: tokenStore(table),
    parts: files.parts,
    mail: {
      facts,
      ledger: ledgerStore(table),
      waiting: waitingStore(table),
      mailer,
      now,
      newClaim: randomUUID,
    },
    queue: jobQueue,
    now,
  }
}

/** Lets the consumer and the worker catch up with everything that is about people's own data. */
export const workOffAccounts = async (app: App, world = accountWorkOf(app)): Promise<void> => {
  await app.drain()
  for (let message = app.accountWork.shift(); message !== undefined; message = app.accountWork.shift()) {
    const present = message
    const isDone = await app.granted.as(declaration, () => runAccountWork(present, world, () => true))
    if (!isDone) app.accountWork.push(present)
    await app.drain()
  }
}
