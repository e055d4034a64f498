import type { SESClient } from '@aws-sdk/client-ses'
import { expect, test } from 'vitest'
import { Undeliverable } from '../../../shared/domain/notices/mailer.ts'
import { sesMailer } from '../../../shared/world/mailer.ts'

const rejected = (name: string, message: string) => {
  const send = () => Promise.reject(Object.assign(new Error(message), { name }))
  const settings = { publicUrl: 'https://duely.test', sender: 'duely@example.com', unsubscribeKey: 'key' }
  const mailer = sesMailer({ send } as unknown as SESClient, settings)
  const recipient = { address: 'ana@example.com', name: 'Ana', language: 'en', zone: 'UTC' } as const
  return mailer.send({ kind: 'welcome', id: 'n' }, recipient).catch((error: unknown) => error)
}

test('a mail that SES refuses for what it is will never be delivered', async () => {
  expect(await rejected('MessageRejected', 'Address blacklisted.')).toBeInstanceOf(Undeliverable)
  expect(await rejected('InvalidParameterValue', 'Missing final @domain')).toBeInstanceOf(Undeliverable)
})

test.each([
  [
    'MessageRejected',
    'Email address is not verified. The following identities failed the check: duely@example.com',
  ],
  ['Throttling', 'Maximum sending rate exceeded.'],
  ['AccountSendingPausedException', 'paused'],
])('a state of the account (%s) can be mended: the notice is kept', async (name, message) => {
  expect(await rejected(name, message)).not.toBeInstanceOf(Undeliverable)
})
