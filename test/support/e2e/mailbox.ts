import * as z from 'zod/mini'

export interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** When it was sent, in whole seconds since 1970. */
  readonly sentAt: number
}

/** Reads what was mailed, wherever the suite runs. */
export interface Mailbox {
  /** Mails to an address, oldest first. */
  mailsTo(address: string): Promise<readonly Mail[]>
}

/** The local inbox at `/inbox/store`. */
const localInbox = z.pipe(
  z.object({
    emails: z.array(
      z.object({
        destination: z.object({ to: z.array(z.string()) }),
        subject: z.string(),
        body: z.object({ text: z.optional(z.string()), html: z.optional(z.string()) }),
        at: z.number(),
      }),
    ),
  }),
  z.transform(({ emails }): Mail[] =>
    emails.map(({ destination, subject, body, at }) => ({
      to: destination.to,
      subject,
      text: body.text ?? '',
      html: body.html ?? null,
      sentAt: at,
    })),
  ),
)

/** MiniStack's mails, by account. */
const ministack = z.pipe(
  z.object({
    messages: z.record(
      z.string(),
      z.array(
        z.object({
          To: z.array(z.string()),
          Subject: z.string(),
          BodyText: z.nullish(z.string()),
          BodyHtml: z.nullish(z.string()),
          Timestamp: z.number(),
        }),
      ),
    ),
  }),
  z.transform(({ messages }): Mail[] =>
    Object.values(messages)
      .flat()
      .map(({ To, Subject, BodyText, BodyHtml, Timestamp }) => ({
        to: To,
        subject: Subject,
        text: BodyText ?? '',
        html: BodyHtml ?? null,
        sentAt: Math.floor(Timestamp),
      })),
  ),
)
const mails = z.union([localInbox, ministack])

/** Bare address of `Ana <ana@example.com>` or `ana@example.com`. */
const bare = (recipient: string): string => (/<([^>]+)>/.exec(recipient)?.[1] ?? recipient).toLowerCase()

export function mailboxAt(url: string): Mailbox {
  return {
    mailsTo: async (address) => {
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${url} answered ${response.status}`)
      const all = z.parse(mails, await response.json())
      return all.filter(({ to }) => to.some((recipient) => bare(recipient) === address.toLowerCase()))
    },
  }
}
