import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type ses from 'aws-ses-v2-local'
import type * as store from 'aws-ses-v2-local/dist/store.js'
import { closeServer, portOf } from './listen.ts'
import { openMailJournal } from './mailJournal.ts'
import type { Part } from './part.ts'

/**
 * Starts the SES-compatible server. Its inbox page is at `/`, its mails as JSON at `/store`.
 * It keeps mails in memory; each is written to a journal before the sender gets its answer, and the journal
 * is read back at the next start. "Clear" on the page empties both.
 */
export async function startSes({ dataDir }: { dataDir: string }): Promise<Part> {
  mkdirSync(dataDir, { recursive: true })
  const { serve, mails } = loadServer()
  const journal = openMailJournal(join(dataDir, 'mails.jsonl'))
  for (const mail of journal.read()) mails.saveEmail(mail as store.Email)
  const { saveEmail, clearStore } = mails
  mails.saveEmail = (mail) => {
    journal.add(mail)
    saveEmail(mail)
  }
  mails.clearStore = () => {
    journal.clear()
    clearStore()
  }
  const server: Server = await serve({ host: '127.0.0.1', port: 0 })
  return { endpoint: `http://127.0.0.1:${portOf(server)}`, close: () => closeServer(server) }
}

type Mails = { -readonly [Name in keyof typeof store]: (typeof store)[Name] }

/**
 * Loads a copy of the package of its own. The package keeps its mails in a module, so two inboxes in one
 * process would otherwise be one; and its handlers look `saveEmail` up there at each call, which is where
 * the journal is hung in.
 */
function loadServer(): { serve: typeof ses.default; mails: Mails } {
  const require = createRequire(import.meta.url)
  for (const file of Object.keys(require.cache)) {
    if (file.includes('/aws-ses-v2-local/dist/')) delete require.cache[file]
  }
  const { default: serve } = require('aws-ses-v2-local') as typeof ses
  return { serve, mails: require('aws-ses-v2-local/dist/store.js') as Mails }
}
