import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { StoreError } from './errors.ts'
import type { ObjectFolder, StoredObject } from './folder.ts'
import { keyIn, type StoreRequest } from './request.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Readable
}

interface Surroundings {
  readonly folder: ObjectFolder
  readonly bucket: string
}

const header = ({ headers }: StoreRequest, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

const found = async (folder: ObjectFolder, key: string): Promise<StoredObject> => {
  const object = await folder.find(key)
  if (object === undefined) throw new StoreError('NoSuchKey')
  return object
}

/** `*` or nothing: S3 knows no other If-None-Match of a PUT. */
const isOnlyIfAbsent = (request: StoreRequest): boolean => {
  const condition = header(request, 'if-none-match')
  if (condition !== undefined && condition !== '*') throw new StoreError('NotImplemented')
  return condition === '*'
}

const lengthOf = (request: StoreRequest): number => {
  const length = header(request, 'content-length')
  if (length === undefined) throw new StoreError('MissingContentLength')
  return Number(length)
}

/** Takes a body of exactly the length that its header says, once. */
const upload = async (
  request: StoreRequest,
  content: IncomingMessage,
  folder: ObjectFolder,
): Promise<Answer> => {
  const size = lengthOf(request)
  const onlyIfAbsent = isOnlyIfAbsent(request)
  if (onlyIfAbsent && (await folder.find(request.key))) throw new StoreError('PreconditionFailed')
  const draft = {
    key: request.key,
    mediaType: header(request, 'content-type') ?? 'binary/octet-stream',
    disposition: header(request, 'content-disposition'),
  }
  const { tag } = await folder.store(draft, { content, size }, onlyIfAbsent)
  return { status: 200, headers: { etag: tag } }
}

/** Copies an object with the metadata of the request. */
const copy = async (
  request: StoreRequest,
  source: string,
  { folder, bucket }: Surroundings,
): Promise<Answer> => {
  if (header(request, 'x-amz-metadata-directive') !== 'REPLACE') throw new StoreError('NotImplemented')
  const original = await found(folder, keyIn(source, bucket))
  const expected = header(request, 'x-amz-copy-source-if-match')
  if (expected !== undefined && expected !== original.tag) throw new StoreError('PreconditionFailed')
  const draft = {
    key: request.key,
    mediaType: header(request, 'content-type') ?? 'binary/octet-stream',
    disposition: header(request, 'content-disposition'),
  }
  const { tag } = await folder.store(
    draft,
    { content: folder.read(original), size: original.size },
    isOnlyIfAbsent(request),
  )
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<CopyObjectResult><ETag>${tag.replaceAll('"', '&quot;')}</ETag></CopyObjectResult>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

/** Serves an object under the type and name that the signed query gives it, else under its own. */
const read = async (request: StoreRequest, folder: ObjectFolder): Promise<Answer> => {
  const object = await found(folder, request.key)
  const disposition = request.query.get('response-content-disposition') ?? object.disposition
  return {
    status: 200,
    headers: {
      'content-type': request.query.get('response-content-type') ?? object.mediaType,
      'content-length': String(object.size),
      'last-modified': new Date(object.modified).toUTCString(),
      etag: object.tag,
      ...(disposition !== undefined && { 'content-disposition': disposition }),
    },
    ...(request.method === 'GET' && { body: folder.read(object) }),
  }
}

/** Does what a verified request asks for. Throws `StoreError`. */
export const perform = async (
  request: StoreRequest,
  content: IncomingMessage,
  around: Surroundings,
): Promise<Answer> => {
  const { folder } = around
  const source = header(request, 'x-amz-copy-source')
  switch (request.method) {
    case 'PUT':
      return source === undefined ? upload(request, content, folder) : copy(request, source, around)
    case 'GET':
    case 'HEAD':
      return read(request, folder)
    case 'DELETE':
      await folder.remove(request.key)
      return { status: 204, headers: {} }
    default:
      throw new StoreError('MethodNotAllowed')
  }
}
