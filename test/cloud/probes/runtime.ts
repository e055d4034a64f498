import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { account } from '../settings.ts'
import { serviceHeader } from './aws.ts'
import { type Cloud, check, judge, type Probe } from './probe.ts'
import { lambda } from './resources.ts'
import { createStack } from './stack.ts'

interface Seen {
  readonly node: string
  readonly endpoint?: string
  readonly key?: string
  readonly region?: string
  readonly token?: string
  readonly https: string
}

// Asks SQS through node:https at the name it has on AWS, which the emulator is to answer.
const report = `exports.handler = async () => {
  const https = require('node:https')
  const asked = new Promise((resolve) => {
    const request = https.request('https://sqs.us-east-1.amazonaws.com/?Action=ListQueues&Version=2012-11-05',
      { timeout: 4000, headers: { accept: 'application/xml' } }, (reply) => { reply.resume(); resolve(String(reply.statusCode)) })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', (error) => resolve(error.code || error.message))
    request.end()
  })
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: key, AWS_REGION: region, AWS_SESSION_TOKEN: token } = process.env
  return { node: process.version, endpoint, key, region, token, https: await asked }
}`

/** What a function finds around itself: runtime, variables, network, module system. */
export const probeRuntime: Probe = async (cloud) => {
  const { outputs } = await createStack(
    cloud,
    'probe-runtime',
    { Report: lambda(report) },
    { name: { Ref: 'Report' } },
  )
  const seen = (await invoke(cloud, outputs.name ?? '')) as Seen
  return [
    await check('function-runtime', async () =>
      judge(seen.node.startsWith('v24.'), `${seen.node}, arm64 accepted`),
    ),
    await check('function-endpoint', async () => {
      const token = seen.token === '' ? 'empty' : seen.token === undefined ? 'absent' : 'set'
      const detail = `${seen.endpoint}, key ${seen.key}, session token ${token}, ${seen.region}`
      return judge(seen.endpoint === cloud.url && Boolean(seen.key && seen.region), detail)
    }),
    await check('function-https', async () => judge(seen.https === '200', `status ${seen.https}`)),
    await check('function-module', async () => {
      const answer = await invoke(cloud, await createModuleFunction(cloud))
      return judge(answer === 'an ES module', JSON.stringify(answer))
    }),
  ]
}

async function createModuleFunction(cloud: Cloud): Promise<string> {
  const name = 'probe-module'
  const definition = {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Role: `arn:aws:iam::${account}:role/probe`,
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

async function invoke(cloud: Cloud, name: string): Promise<unknown> {
  const url = `${cloud.url}/2015-03-31/functions/${name}/invocations`
  const response = await fetch(url, { method: 'POST', headers: serviceHeader('lambda'), body: '{}' })
  return await response.json()
}
