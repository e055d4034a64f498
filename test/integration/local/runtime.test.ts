import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { APIGatewayProxyEvent, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Handler } from '../../../local/lambda/invoke.ts'
import { startRuntime } from '../../../local/runtime.ts'
import { environmentNames, queueUrlVariable } from '../../../shared/api/environment.ts'
import { consumeTableStream, sendNotification } from '../../../shared/api/triggers.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

/** Functions as the product's are: they know their surroundings from the environment alone. */
const functions: Record<string, Handler> = {
  createNote: async (event) => {
    const { text } = JSON.parse((event as APIGatewayProxyEvent).body ?? '{}') as { text: string }
    const Item = { PK: { S: 'notes' }, SK: { S: text } }
    await new DynamoDBClient().send(
      new PutItemCommand({ TableName: process.env[environmentNames.table], Item }),
    )
    return { statusCode: 201 }
  },
  consumeTableStream: async (event) => {
    const queue = { QueueUrl: process.env[queueUrlVariable('notifications')] }
    for (const { dynamodb } of (event as DynamoDBStreamEvent).Records) {
      await new SQSClient().send(
        new SendMessageCommand({ ...queue, MessageBody: String(dynamodb?.Keys?.SK?.S) }),
      )
    }
  },
  sendNotification: async (event) => {
    for (const { body } of (event as SQSEvent).Records) {
      const Message = { Subject: { Data: body }, Body: { Text: { Data: 'noted' } } }
      const Destination = { ToAddresses: ['ana@example.org'] }
      const Source = process.env[environmentNames.mailSender]
      await new SESClient().send(new SendEmailCommand({ Source, Destination, Message }))
    }
  },
  hang: () => new Promise(() => undefined),
  notFound: async () => ({ statusCode: 404, body: '{}' }),
}

async function start(dataDir = temporaryDirectory()) {
  const runtime = await startRuntime({
    dataDir,
    port: 0,
    log: () => undefined,
    routes: [
      { name: 'createNote', method: 'POST', path: '/v1/notes' },
      { name: 'hang', method: 'GET', path: '/v1/hang' },
    ],
    triggers: [consumeTableStream, sendNotification],
    load: async (name) => functions[name] as Handler,
  })
  onTestFinished(() => runtime.close())
  const subjects = async () => {
    const { emails } = (await (await fetch(`${runtime.inboxUrl}/store`)).json()) as {
      emails: { subject: string }[]
    }
    return emails.map(({ subject }) => subject)
  }
  const note = (text: string) =>
    fetch(`${runtime.baseUrl}/v1/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    })
  return { runtime, subjects, note }
}

test('a request reaches the inbox: route, table, stream, queue and mail, all by the environment alone', async () => {
  const { note, subjects, runtime } = await start()
  expect((await note('hello')).status).toBe(201)
  await vi.waitFor(async () => expect(await subjects()).toEqual(['hello']), 5000)
  expect(process.env[environmentNames.publicUrl]).toBe(runtime.baseUrl)
  expect((await fetch(`${runtime.baseUrl}/v1/elsewhere`)).status).toBe(404)
})

test('what was acknowledged just before a stop is mailed after the next start, once', async () => {
  const dataDir = temporaryDirectory()
  const before = await start(dataDir)
  await before.note('late')
  await before.runtime.close()
  const after = await start(dataDir)
  await after.note('next')
  await vi.waitFor(async () => expect(await after.subjects()).toContain('next'), 5000)
  expect(await after.subjects()).toEqual(['late', 'next'])
})

test('it stops within two seconds even while a function hangs', async () => {
  const { runtime } = await start()
  const hanging = fetch(`${runtime.baseUrl}/v1/hang`).catch((error: Error) => error.name)
  await fetch(`${runtime.baseUrl}/v1/elsewhere`)
  const started = Date.now()
  await runtime.close()
  expect(Date.now() - started).toBeLessThan(2000)
  expect(await hanging).toBe('TypeError')
})
