import type { SESClient } from '@aws-sdk/client-ses'
import { expect, test } from 'vitest'
import { Undeliverable } from '../../../shared/domain/notices/mailer.ts'
import { sesMailer } from '../../../shared/world/sesMailer.ts'

const settings = {
  publicUrl: 'https://duely.test',
  sender: 'duely@example.com',
  unsubscribeKey: 'key',
  configurationSet: undefined,
}
const recipient = { address: 'ana@example.com', name: 'Ana', language: 'en', zone: 'UTC' } as const

const rejected = (name: string, message: string) => {
  const send = () => Promise.reject(Object.assign(new Error(message), { name }))
  const mailer = sesMailer({ send } as unknown as SESClient, settings, async () => undefined)
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

test.each([
  ['a moment later, where it was too fast', 'Maximum sending rate exceeded.', 2, [500, 1_000], 'ses-1'],
  [
    'a few times, and then left to the queue',
    'Maximum sending rate exceeded.',
    9,
    [500, 1_000, 1_500, 2_000],
  ],
  ['not, where the quota of the day is used up', 'Daily message quota exceeded.', 9, []],
])('a mail that SES throttles is tried again %s', async (_, message, refusals, waits, id?: string) => {
  const slept: number[] = []
  let asked = 0
  const send = async () => {
    if (++asked > refusals) return { MessageId: 'ses-1' }
    throw Object.assign(new Error(message), { name: 'Throttling' })
  }
  const mailer = sesMailer({ send } as unknown as SESClient, settings, async (ms) => slept.push(ms))
  const sent = mailer.send({ kind: 'welcome', id: 'n' }, recipient)
  if (id === undefined) await expect(sent).rejects.toThrow(message)
  else expect(await sent).toBe(id)
  expect(slept).toEqual(waits)
})

test('SES is asked to tell what becomes of a mail, and of which notice it was, where it can', async () => {
  const sent: object[] = []
  const client = { send: async ({ input }: { input: object }) => sent.push(input) && { MessageId: 'ses-1' } }
  for (const configurationSet of ['duely-test', undefined]) {
    const mailer = sesMailer(client as unknown as SESClient, { ...settings, configurationSet })
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
