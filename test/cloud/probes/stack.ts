import { eventually } from '../wait.ts'
import { serviceHeader } from './aws.ts'
import type { Cloud } from './probe.ts'

export type Resources = Readonly<Record<string, { readonly Type: string; readonly [field: string]: unknown }>>

export interface Stack {
  /** ARN of the stack. */
  readonly id: string
  readonly outputs: Readonly<Record<string, string>>
}

/** Creates a stack and waits for it; throws with the reason of the first failure. Times out after a minute. */
export async function createStack(
  cloud: Cloud,
  name: string,
  resources: Resources,
  outputs: Readonly<Record<string, unknown>> = {},
): Promise<Stack> {
  const template = {
    Resources: resources,
    Outputs: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { Value: value }])),
  }
  await call(cloud, {
    Action: 'CreateStack',
    StackName: name,
    TemplateBody: JSON.stringify(template),
    'Capabilities.member.1': 'CAPABILITY_IAM',
  })
  const described = await eventually(async () => {
    const text = await describe(cloud, name)
    return /_IN_PROGRESS$/.test(status(text)) ? undefined : text
  }, 60_000)
  if (described === undefined || status(described) !== 'CREATE_COMPLETE') {
    throw new Error(`stack ${name}: ${described ? await failure(cloud, name, described) : 'no end in 60 s'}`)
  }
  return { id: first(described, 'StackId'), outputs: outputsOf(described) }
}

/** Deletes a stack, named as the caller names it; returns its last status, `gone` when it is no longer listed. */
export async function deleteStack(cloud: Cloud, nameOrArn: string): Promise<string> {
  await call(cloud, { Action: 'DeleteStack', StackName: nameOrArn })
  const end = await eventually(async () => {
    const now = await describe(cloud, nameOrArn).then(status, () => 'gone')
    return now === 'DELETE_IN_PROGRESS' ? undefined : now
  }, 30_000)
  return end ?? 'no end in 30 s'
}

/** Names of the stacks that exist, those deleted left out. */
export async function stackNames(cloud: Cloud): Promise<readonly string[]> {
  const text = await call(cloud, { Action: 'DescribeStacks' })
  return [...text.matchAll(/<StackName>([^<]*)<\/StackName>/g)].map((match) => match[1] ?? '')
}

const describe = (cloud: Cloud, name: string) => call(cloud, { Action: 'DescribeStacks', StackName: name })
const first = (text: string, element: string) => text.match(`<${element}>([^<]*)</${element}>`)?.[1] ?? ''
const status = (text: string) => first(text, 'StackStatus')

async function failure(cloud: Cloud, name: string, described: string): Promise<string> {
  const events = await call(cloud, { Action: 'DescribeStackEvents', StackName: name })
  const failed = events.match(/CREATE_FAILED[\s\S]*?<ResourceStatusReason>([^<]*)/)?.[1]
  return failed ?? `${status(described)} ${first(described, 'StackStatusReason')}`
}

function outputsOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/<OutputKey>([^<]*)<\/OutputKey>\s*<OutputValue>([^<]*)<\/OutputValue>/g)
  return Object.fromEntries(
    [...pairs].map(([, key = '', value = '']) => [key, value.replaceAll('&amp;', '&')]),
  )
}

async function call(cloud: Cloud, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(cloud.url, {
    method: 'POST',
    headers: serviceHeader('cloudformation'),
    body: new URLSearchParams({ Version: '2010-05-15', ...parameters }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${parameters.Action}: ${first(text, 'Message') || response.status}`)
  return text
}
