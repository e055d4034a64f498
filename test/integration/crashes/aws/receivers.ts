import type { MailNotice, Recipient } from '../../../../shared/mail/notice.ts'
import type { Caller, Lambda } from './lambda.ts'
import type { VirtualTime } from './time.ts'

export interface Mail {
  readonly messageId: string
  readonly notice: MailNotice
  readonly address: string
  /** When the invocation began that sent it. */
  readonly begunAt: number
}

/** The mail service: takes mails and notes what it has taken. */
export const mailService = (time: VirtualTime, { call, accepted }: Lambda) => {
  const mails: Mail[] = []
  const take = (caller: Caller, notice: MailNotice, { address }: Recipient): string => {
    const messageId = `accepted-mail-${mails.length + 1}-`
    mails.push({ messageId, notice, address, begunAt: caller?.begunAt ?? time.now() })
    accepted(caller, messageId, notice.id)
    return messageId
  }
  return {
    mails,
    send: (notice: MailNotice, recipient: Recipient): Promise<string> =>
      call({ name: 'mail.send', kind: 'once', milliseconds: 120 }, (caller) =>
        take(caller, notice, recipient),
      ),
  }
}
