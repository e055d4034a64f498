import { randomInt } from 'node:crypto'
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import type { Messages } from 'cognito-local/lib/services/messages.js'
import { clientOptions } from '../part.ts'

/** A confirmation or reset code as Cognito makes them: six digits. */
export const sixDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0')

export interface CodeMail extends Messages {
  close(): void
}

/** Sends the codes of sign-up and password reset as mails through SES, as a user pool with SES mail does. */
export function createCodeMail(sesEndpoint: string, sender: string): CodeMail {
  const client = new SESClient(clientOptions(sesEndpoint))
  return {
    deliver: async (_context, source, _client, _pool, _user, code, _metadata, delivery) => {
      await client.send(
        new SendEmailCommand({
          Source: sender,
          Destination: { ToAddresses: [delivery.Destination] },
          Message: {
            Subject: { Data: subjectOf(source) },
            Body: { Text: { Data: `${purposeOf(source)} ${code}` } },
          },
        }),
      )
    },
    close: () => client.destroy(),
  }
}

const isReset = (source: string): boolean => source === 'ForgotPassword'
const subjectOf = (source: string): string =>
  isReset(source) ? 'Reset your password' : 'Your verification code'
const purposeOf = (source: string): string =>
  isReset(source) ? 'Your password reset code is' : 'Your confirmation code is'
