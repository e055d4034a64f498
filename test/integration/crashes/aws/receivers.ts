import type { Answer, Outgoing } from '../../../../shared/domain/webhooks/egress.ts'
import type { MailNotice, Recipient } from '../../../../shared/mail/notice.ts'
import type { Caller, Lambda } from './lambda.ts'
import type { VirtualTime } from './time.ts'
import type { Weather } from './weather.ts'

/** One thing that was told to somebody outside. */
export interface Arrival {
  /** Of the notice or the delivery: twice the same is told twice. */
  readonly id: string
  readonly kind: string
  readonly address: string
  /** The outside's own id of what brought it. */
  readonly acceptedAs: string
  /** When the invocation began that sent it. */
  readonly begunAt: number
  readonly says: Readonly<Record<string, unknown>>
}

/** What a mail tells: its own notice, or those that have waited to be told together. */
const toldIn = (notice: MailNotice): readonly MailNotice[] =>
  notice.kind === 'several' ? notice.notices : [notice]

/** Those outside: the mail service, and whoever receives requests. They note what they have taken over. */
export const receivers = (
  time: VirtualTime,
  weather: Weather,
  { call, accepted }: Lambda,
  mailDownUntil = 0,
) => {
  const arrivals: Arrival[] = []
  let mails = 0
  let requests = 0

  const takeMail = (caller: Caller, notice: MailNotice, { address }: Recipient): string => {
    if (time.now() < mailDownUntil) throw new Error('the mail service is down')
    const acceptedAs = `accepted-mail-${++mails}-`
    const begunAt = caller?.begunAt ?? time.now()
    const told = toldIn(notice)
    for (const { kind, id, ...says } of told) arrivals.push({ id, kind, address, acceptedAs, begunAt, says })
    const ids = told.map(({ id }) => id)
    accepted(caller, acceptedAs, ids)
    return acceptedAs
  }

  const takeRequest = (caller: Caller, { url, headers, body }: Outgoing): Answer => {
    requests += 1
    if (weather.refuses(requests)) return { status: 503, reason: null, milliseconds: 200 }
    const id = headers['webhook-id'] ?? ''
    const { type, ...says } = JSON.parse(body)
    const begunAt = caller?.begunAt ?? time.now()
    arrivals.push({ id, kind: type, address: url, acceptedAs: id, begunAt, says })
    accepted(caller, id, [id])
    return { status: 204, reason: null, milliseconds: 200 }
  }

  return {
    arrivals,
    mails: () => mails,
    send: (notice: MailNotice, recipient: Recipient): Promise<string> =>
      call({ name: 'mail.send', kind: 'once', milliseconds: 120 }, (caller) =>
        takeMail(caller, notice, recipient),
      ),
    post: (request: Outgoing): Promise<Answer> =>
      call({ name: 'http.post', kind: 'once', milliseconds: 200 }, (caller) => takeRequest(caller, request)),
  }
}
