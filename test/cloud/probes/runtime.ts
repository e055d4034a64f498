import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { region } from '../settings.ts'
import { serviceHeader } from './aws.ts'
import { type Cloud, check, judge, type Probe, refusal } from './probe.ts'
import { attribute, lambda, ref } from './resources.ts'
import { createStack } from './stack.ts'

interface Seen {
  readonly asked: unknown
  readonly node: string
  readonly endpoint?: string
  readonly region?: string
  readonly key: string
  readonly secret: string
  readonly token: string
  readonly https: string
}

// Asks SQS through node:https at the name it has on AWS, which the emulator is to answer.
const report = `exports.handler = async (event) => {
  const https = require('node:https')
  const asked = new Promise((resolve) => {
    const request = https.request('https://sqs.us-east-1.amazonaws.com/?Action=ListQueues&Version=2012-11-05',
      { timeout: 4000, headers: { authorization: process.env.HEADER } }, (reply) => { reply.resume(); resolve(String(reply.statusCode)) })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', (error) => resolve(error.code || error.message))
    request.end()
  })
  const env = process.env
  return { asked: event, node: process.version, endpoint: env.AWS_ENDPOINT_URL, region: env.AWS_REGION, key: env.AWS_ACCESS_KEY_ID,
    secret: env.AWS_SECRET_ACCESS_KEY, token: env.AWS_SESSION_TOKEN, https: await asked }
}`

const allow = (properties: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...properties }],
})
const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: allow({
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    Policies: [{ PolicyName: 'list', PolicyDocument: allow({ Action: 'sqs:ListQueues', Resource: '*' }) }],
  },
}

const reporter = lambda(report, { HEADER: serviceHeader('sqs').authorization })
const resources = {
  Role: role,
  Report: { ...reporter, Properties: { ...reporter.Properties, Role: attribute('Role', 'Arn') } },
}

/** What a function finds around itself: runtime, variables, rights, network, module system. */
export const probeRuntime: Probe = async (cloud) => {
  const ids = { name: ref('Report'), role: attribute('Role', 'Arn') }
  const { outputs } = await createStack(cloud, 'probe-runtime', resources, ids)
  const seen = (await invoke(cloud, outputs.name ?? '', { hour: 8 })) as Seen
  return [
    await check('function-runtime', async () =>
      judge(seen.node.startsWith('v24.'), `${seen.node}, arm64 accepted`),
    ),
    await check('function-invoke', async () => {
      const event = JSON.stringify(seen.asked)
      return judge(event === '{"hour":8}', event)
    }),
    await check('function-endpoint', async () => {
      const detail = `${seen.endpoint}, session token ${seen.token ? 'set' : 'empty'}, ${seen.region}`
      return judge(seen.endpoint === cloud.url && Boolean(seen.key && seen.region), detail)
    }),
    await check('function-grants', async () => {
      const credentials = { accessKeyId: seen.key, secretAccessKey: seen.secret, sessionToken: seen.token }
      const asFunction = new SQSClient({ endpoint: cloud.url, region, credentials, maxAttempts: 1 })
      const granted = await refusal(asFunction.send(new ListQueuesCommand()))
      const other = await refusal(asFunction.send(new CreateQueueCommand({ QueueName: 'not-granted' })))
      return judge(
        granted === 'accepted' && /AccessDenied/.test(other),
        `granted: ${granted}; not granted: ${other}`,
      )
    }),
    await check('function-https', async () => judge(seen.https === '200', `status ${seen.https}`)),
    await check('function-module', async () => {
      const answer = await invoke(cloud, await createModuleFunction(cloud, outputs.role ?? ''))
      return judge(answer === 'an ES module', JSON.stringify(answer))
    }),
  ]
}

async function createModuleFunction(cloud: Cloud, roleArn: string): Promise<string> {
  const name = 'probe-module'
  const definition = {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Role: roleArn,
    Code: { ZipFile: zipOf('index.mjs', `export const handler = async () => 'an ES module'`) },
  }
  const body = JSON.stringify(definition)
  const init = { method: 'POST', headers: serviceHeader('lambda'), body }
  const response = await fetch(`${cloud.url}/2015-03-31/functions`, init)
  if (!response.ok) throw new Error(`CreateFunction: ${response.status} ${await response.text()}`)
  return name
}

/** A zip archive with one file, in base64; made by Python, which the emulator needs anyway. */
function zipOf(name: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'duely-probe-'))
  try {
    writeFileSync(join(folder, name), source)
    execFileSync('python3', ['-m', 'zipfile', '-c', 'code.zip', name], { cwd: folder })
    return readFileSync(join(folder, 'code.zip'), 'base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function invoke(cloud: Cloud, name: string, event: unknown = {}): Promise<unknown> {
  const url = `${cloud.url}/2015-03-31/functions/${name}/invocations`
  const response = await fetch(url, {
    method: 'POST',
    headers: serviceHeader('lambda'),
    body: JSON.stringify(event),
  })
  return await response.json()
}
