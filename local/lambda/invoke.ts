import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import { localAccount, localRegion } from '../parts/part.ts'

/** Calls a function by name, as Lambda's Invoke does. Rejects when the function throws or takes too long. */
export type Invoke = (name: string, event: unknown) => Promise<unknown>

export type Handler = (event: unknown, context: Context) => unknown

export const functionArn = (name: string): string =>
  `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`

/**
 * Lambda's invocation in process: event and result cross as JSON, so a function can't share objects with
 * its caller, and a function that takes longer than its timeout has failed. JavaScript can't stop it, though:
 * unlike on AWS its remaining work still happens, as may that of a function cut off just after its last write.
 */
export function createInvoke(
  load: (name: string) => Promise<Handler>,
  timeoutSecondsOf: (name: string) => number,
): Invoke {
  return async (name, event) => {
    const handler = await load(name)
    const milliseconds = timeoutSecondsOf(name) * 1000
    const context = contextFor(name, Date.now() + milliseconds)
    const copy = JSON.parse(JSON.stringify(event)) as unknown
    const result = await withTimeout(Promise.resolve(handler(copy, context)), name, milliseconds)
    return result === undefined ? undefined : (JSON.parse(JSON.stringify(result)) as unknown)
  }
}

async function withTimeout<T>(work: Promise<T>, name: string, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${name}: Task timed out after ${milliseconds / 1000} seconds`)),
      milliseconds,
    )
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}

const unsupported = (): never => {
  throw new Error('Functions end by returning a promise; the context callbacks are not offered')
}

const contextFor = (name: string, deadline: number): Context => ({
  awsRequestId: randomUUID(),
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: functionArn(name),
  memoryLimitInMB: '256',
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  done: unsupported,
  fail: unsupported,
  succeed: unsupported,
})
