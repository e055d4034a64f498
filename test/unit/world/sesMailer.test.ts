import type { SESClient } from '@aws-sdk/client-ses'
import { expect, test } from 'vitest'
import { Undeliverable } from '../../../shared/domain/notices/mailer.ts'
import { sesMailer } from '../../../shared/world/sesMailer.ts'

const rejected = (name: string, message: string) => {
  const send = () => Promise.reject(Object.assign(new Error(message), { name }))
  const settings = {
    publicUrl: 'https://duely.test',
    sender: 'duely@example.com',
    unsubscribeKey: 'key',
    configurationSet: undefined,
  }
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

test('SES is asked to tell what becomes of a mail, and of which notice it was, where it can', async () => {
  const sent: object[] = []
  const client = { send: async ({ input }: { input: object }) => sent.push(input) && { MessageId: 'ses-1' } }
  const recipient = { address: 'ana@example.com', name: 'Ana', language: 'en', zone: 'UTC' } as const
  for (const configurationSet of ['duely-test', undefined]) {
    const settings = {
      publicUrl: 'https://duely.test',
      sender: 'duely@example.com',
      unsubscribeKey: 'key',
      configurationSet,
    }
    const mailer = sesMailer(client as unknown as SESClient, settings)
    expect(await mailer.send({ kind: 'welcome', id: 'ntf_1' }, { ...recipient, userId: 'usr_2' })).toBe(
      'ses-1',
    )
  }
  expect(sent[0]).toMatchObject({
    ConfigurationSetName: 'duely-test',
    Tags: [
      { Name: 'notice', Value: 'ntf_1' },
      { Name: 'user', Value: 'usr_2' },
    ],
  })
  expect(Object.keys(sent[1] ?? {}).sort()).toEqual(['Destinations', 'RawMessage', 'Source'])
})
