import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

export interface MailJournal {
  add(mail: unknown): void
  clear(): void
  /** The mails that were kept when the journal was opened. */
  read(): unknown[]
}

/** One mail per line of JSON. A last line cut off by a kill was never acknowledged and is dropped. */
export function openMailJournal(file: string): MailJournal {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const whole = kept.slice(0, kept.lastIndexOf('\n') + 1)
  if (whole !== kept) writeFileSync(file, whole)
  return {
    add: (mail) => appendFileSync(file, `${JSON.stringify(mail)}\n`, { mode: 0o600 }),
    clear: () => rmSync(file, { force: true }),
    read: () => linesOf(whole).map((line) => JSON.parse(line) as unknown),
  }
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')
