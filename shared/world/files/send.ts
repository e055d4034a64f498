import type { HttpRequest, HttpResponse } from '@smithy/core/protocols'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { FileSettings } from './settings.ts'
import { signerOf } from './sign.ts'

/** A copy of 50 MB takes S3 a second or two; a function behind the gateway has ten. */
const patience = { connectionTimeout: 1000, requestTimeout: 7000 }
const attempts = 3
const pauseMs = 100

/** The store does not answer or does not keep up; named as AWS names it, so that callers are told to try again. */
class StoreUnavailable extends Error {
  override readonly name = 'ServiceUnavailable'
}

export interface Answer {
  readonly status: number
  readonly headers: HttpResponse['headers']
  readonly text: string
}

const textOf = async (body: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** S3 may begin a copy with status 200 and report its failure in the body. */
const isTrouble = ({ status, text }: Answer): boolean =>
  status >= 500 || status === 429 || (status === 200 && text.includes('<Error>'))

/** A connection that broke is worth another try at once; one that was waited for in vain is not. */
const isTimeout = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ETIMEDOUT'

/** What S3 refuses for a reason of ours, such as a missing grant: a surprise. */
export const refused = (request: HttpRequest, { status, text }: Answer): Error =>
  new Error(`the store refuses ${request.method} with ${status} ${/<Code>(\w+)/.exec(text)?.[1] ?? ''}`)

/**
 * Sends requests to the bucket, signed in their headers. What the store cannot do at the moment is tried again, then
 * `StoreUnavailable`.
 */
export const sendTo = (settings: FileSettings, timeouts = patience) => {
  const { clock } = settings
  const signer = signerOf(settings)
  const handler = new NodeHttpHandler({ ...timeouts, throwOnRequestTimeout: true })

  const once = async (request: HttpRequest): Promise<Answer> => {
    const signed = await signer.sign(request, { signingDate: new Date(clock()) })
    const { response } = await handler.handle(signed as HttpRequest)
    return { status: response.statusCode, headers: response.headers, text: await textOf(response.body) }
  }
  /** The answer; `undefined` when another attempt is due. */
  const attempt = async (request: HttpRequest, isLast: boolean): Promise<Answer | undefined> => {
    try {
      const answer = await once(request)
      if (!isTrouble(answer)) return answer
      if (isLast) throw refused(request, answer)
    } catch (cause) {
      if (isLast || isTimeout(cause)) throw new StoreUnavailable('the store does not answer', { cause })
    }
    return undefined
  }
  return async (request: HttpRequest): Promise<Answer> => {
    for (let count = 1; ; count++) {
      const answer = await attempt(request, count === attempts)
      if (answer !== undefined) return answer
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs * 2 ** count))
    }
  }
}
