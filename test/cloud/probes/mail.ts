import { randomUUID } from 'node:crypto'
import { SendRawEmailCommand, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses'
import { readMails } from '../mailbox.ts'
import { ses } from './aws.ts'
import { allMissing, check, judge, type Probe } from './probe.ts'

const sender = 'probe@example.com'

/** A message of two alternatives, in quoted-printable UTF-8, as the mail worker sends them. */
function rawMessage(recipient: string): string {
  const part = (type: string, text: string) => [
    '--b',
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    text,
  ]
  return [
    `From: Duely <${sender}>`,
    `To: ${recipient}`,
    'Subject: =?utf-8?Q?Caf=C3=A9_due?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    ...part('text/plain', 'Gr=C3=BC=C3=9Fe as text'),
    ...part('text/html', '<p>Gr=C3=BC=C3=9Fe as HTML</p>'),
    '--b--',
    '',
  ].join('\r\n')
}

/** Sends one message and reads it back. */
export const probeMail: Probe = async (cloud) => {
  const recipient = `${randomUUID()}@example.com`
  const client = ses(cloud)
  try {
    await client.send(new VerifyEmailIdentityCommand({ EmailAddress: sender }))
  } catch (error) {
    return allMissing(['mail-send', 'mail-read'], error)
  }
  const Data = Buffer.from(rawMessage(recipient))
  const message = { Source: sender, Destinations: [recipient], RawMessage: { Data } }
  return [
    await check('mail-send', async () => {
      const { MessageId } = await client.send(new SendRawEmailCommand(message))
      return judge(Boolean(MessageId), MessageId ? 'accepted with an id' : 'no id')
    }),
    await check('mail-read', async () => {
      const mails = await readMails(cloud.url)
      const mail = mails.find((candidate) => candidate.To.includes(recipient))
      const seen = [mail?.Subject, mail?.BodyText?.trim(), mail?.BodyHtml?.trim()].join(' | ')
      return judge(seen === 'Café due | Grüße as text | <p>Grüße as HTML</p>', seen)
    }),
  ]
}
