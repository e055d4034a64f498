import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import { expect, onTestFinished, test } from 'vitest'
import { clientOptions } from '../../../local/parts/part.ts'
import { startSes } from '../../../local/parts/ses.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

async function start(dataDir: string) {
  const { endpoint, close } = await startSes({ dataDir })
  onTestFinished(close)
  const client = new SESClient(clientOptions(endpoint))
  onTestFinished(() => client.destroy())
  const send = (subject: string) => {
    const Message = { Subject: { Data: subject }, Body: { Text: { Data: 'hello' } } }
    const Destination = { ToAddresses: ['b@example.org'] }
    return client.send(new SendEmailCommand({ Source: 'a@example.org', Destination, Message }))
  }
  const subjects = async () => {
    const { emails } = (await (await fetch(`${endpoint}/store`)).json()) as { emails: { subject: string }[] }
    return emails.map(({ subject }) => subject)
  }
  return { endpoint, close, send, subjects }
}

test('mails outlive a restart, also behind a line that a kill cut off', async () => {
  const dataDir = temporaryDirectory()
  const first = await start(dataDir)
  await first.send('one')
  await first.close()
  appendFileSync(join(dataDir, 'mails.jsonl'), '{"subject":"cut o')
  const second = await start(dataDir)
  expect(await second.subjects()).toEqual(['one'])
  await second.send('two')
  await second.close()
  expect(await (await start(dataDir)).subjects()).toEqual(['one', 'two'])
})

test('clearing the inbox empties it for good', async () => {
  const dataDir = temporaryDirectory()
  const first = await start(dataDir)
  await first.send('gone')
  await fetch(`${first.endpoint}/clear-store`, { method: 'POST' })
  expect(await first.subjects()).toEqual([])
  await first.close()
  expect(await (await start(dataDir)).subjects()).toEqual([])
})

test('two inboxes in one process are two', async () => {
  const [one, other] = [await start(temporaryDirectory()), await start(temporaryDirectory())]
  await one.send('mine')
  expect(await one.subjects()).toEqual(['mine'])
  expect(await other.subjects()).toEqual([])
})
