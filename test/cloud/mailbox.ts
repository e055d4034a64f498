import { account } from './settings.ts'

/** A sent mail as MiniStack tells it. */
export interface SentMail {
  readonly MessageId: string
  readonly Source: string
  readonly To: readonly string[]
  readonly Subject: string
  readonly BodyText: string
  readonly BodyHtml: string | null
  /** Seconds since 1970. */
  readonly Timestamp: number
}

/** Where all mails that SES and the user pools sent can be read, from an emulator's endpoint. */
export const mailboxUrl = (endpoint: string) => `${endpoint}/_ministack/ses/messages`

/** All mails sent so far, oldest first. */
export async function readMails(endpoint: string): Promise<readonly SentMail[]> {
  const response = await fetch(mailboxUrl(endpoint))
  if (!response.ok) throw new Error(`${mailboxUrl(endpoint)} answered ${response.status}`)
  const { messages } = (await response.json()) as { messages: Record<string, SentMail[]> }
  return messages[account] ?? []
}
