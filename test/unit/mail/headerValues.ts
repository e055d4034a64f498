import { simpleParser } from 'mailparser'
import type { Language } from '../../../shared/api/languages.ts'
import { composeMessage } from '../../../shared/mail/compose.ts'
import { renderMail } from '../../../shared/mail/render.ts'
import { aRecipient, everyKind, settings } from './notices.ts'

/** What people's words stand in, or what is of the time of the call. Everything else is the same for all words. */
const varying: readonly string[] = ['to', 'subject', 'date']

interface HeaderLine {
  readonly key: string
  readonly line: string
}

/** Whole header lines, as they travel, that no word of anybody has a part in; the boundary is made anew for each mail. */
export const constantHeaders = (lines: readonly HeaderLine[]): readonly string[] =>
  lines
    .filter(({ key }) => !varying.includes(key))
    .map(({ line }) => line.replace(/(?<=^content-type: multipart\/alternative;\s+boundary=)"[\w.-]+"$/i, ''))

/** Those of every kind of mail with harmless words, in the order of `everyKind`. */
export const harmlessHeaders = (language: Language): Promise<(readonly string[])[]> => {
  const recipient = aRecipient({ language })
  const mails = everyKind('Pump', 'Ben').map((notice) => renderMail(notice, recipient, settings))
  return Promise.all(
    mails.map(async (mail) => constantHeaders((await simpleParser(await composeMessage(mail))).headerLines)),
  )
}
