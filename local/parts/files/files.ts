import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { fileHeaders } from '../../../shared/api/files.ts'
import { closeServer, listenOnLoopback } from '../listen.ts'
import type { Part } from '../part.ts'
import { corsHeaders, preflight } from './cors.ts'
import { errorDocument, StoreError } from './errors.ts'
import { openFolder } from './folder.ts'
import { type Answer, perform } from './operations.ts'
import { readRequest } from './request.ts'
import { verifySignature } from './signature.ts'

export interface FilesOptions {
  /** Folder of its own; what it holds survives a restart. */
  readonly directory: string
  /** Origins whose pages may upload; asked at each request, since the gateway's becomes known later. */
  readonly allowedOrigins: () => readonly string[]
  /** Epoch milliseconds; for tests of expiry. */
  readonly now?: () => number
}

export interface FilesPart extends Part {
  readonly bucket: string
  /** `<endpoint>/<bucket>` */
  readonly bucketUrl: string
}

const bucket = 'duely-files'
const hourMs = 3_600_000

/**
 * Starts the part of S3 that attachments use, over a folder: presigned PUT and GET; HEAD, COPY and DELETE signed in
 * the header. Signatures, signed headers, lengths and expiry are verified as S3 does. It is the files origin as well:
 * every answer carries the headers that CloudFront adds on AWS. Files lie unencrypted in the folder.
 */
export async function startFiles(options: FilesOptions): Promise<FilesPart> {
  const { directory, allowedOrigins, now = Date.now } = options
  const folder = openFolder(directory, now)
  const answer = async (message: IncomingMessage): Promise<Answer> => {
    if (message.method === 'OPTIONS') {
      const headers = preflight(message, allowedOrigins())
      if (headers === undefined) throw new StoreError('AccessDenied', 'CORS: this is not allowed')
      return { status: 200, headers }
    }
    const request = readRequest(message, bucket)
    await verifySignature(request, now())
    return perform(request, message, { folder, bucket })
  }
  const server = createServer((message, response) => {
    void respond(message, response, answer(message), corsHeaders(message, allowedOrigins()))
  })
  await folder.expire()
  const sweep = setInterval(() => void folder.expire(), hourMs).unref()
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const close = () => {
    clearInterval(sweep)
    return closeServer(server)
  }
  return { endpoint, bucket, bucketUrl: `${endpoint}/${bucket}`, close }
}

const refusal = (error: unknown): Answer => {
  const headers = { 'content-type': 'application/xml' }
  if (error instanceof StoreError) return { status: error.status, headers, body: errorDocument(error) }
  return { status: 500, headers, body: '<Error><Code>InternalError</Code></Error>' }
}

/** Sends what was answered, once the request has been read to its end. Whoever has gone by then misses nothing. */
async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  answered: Promise<Answer>,
  cors: Answer['headers'],
): Promise<void> {
  const { status, headers, body = '' } = await answered.catch(refusal)
  try {
    if (!message.complete) await finished(message.resume(), { cleanup: true })
    response.writeHead(status, { ...cors, ...headers, ...fileHeaders })
    await pipeline(typeof body === 'string' ? Readable.from([body]) : body, response)
  } catch {
    response.destroy()
  }
}
