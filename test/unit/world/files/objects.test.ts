import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { closeServer, listenOnLoopback } from '../../../../local/parts/listen.ts'
import { asFailure } from '../../../../shared/http/problem.ts'
import { fileObjects } from '../../../../shared/world/files/objects.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void
const address = { workspaceId: 'wsp_1', taskId: 'tsk_1', attachmentId: 'att_1' }
const uploaded = { size: 5, mediaType: 'text/plain', tag: '"1"' }

/** A server that gives one answer after the other, the last one again and again. */
const startServer = async (...answers: Answer[]) => {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request)
  })
  const url = new URL(`http://127.0.0.1:${await listenOnLoopback(server)}/duely`)
  onTestFinished(() => closeServer(server))
  const settings = {
    bucket: 'duely',
    inside: url,
    outside: url,
    origin: url,
    region: 'eu-west-1',
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
    clock: () => Date.UTC(2026, 10, 21),
  }
  const objects = fileObjects(settings, { connectionTimeout: 1000, requestTimeout: 200 })
  return { objects, requests }
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    response.writeHead(code, headers).end(body)
const hangUp: Answer = (response) => response.destroy()
const errorOf = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`

describe('the object store', () => {
  test('signs each request with the session of the function', async () => {
    const { objects, requests } = await startServer(status(404))
    await objects.uploaded(address)
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'HEAD /duely/uploads/wsp_1/tsk_1/att_1',
    ])
    expect(requests[0]?.headers).toMatchObject({
      'x-amz-date': '20261121T000000Z',
      'x-amz-security-token': 'c',
      authorization: expect.stringContaining(
        'SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token',
      ),
    })
  })

  test('copies the very bytes that were checked, with metadata of its own', async () => {
    const { objects, requests } = await startServer(status(200, {}, '<CopyObjectResult></CopyObjectResult>'))
    expect(await objects.accept(address, uploaded, 'attachment')).toBe(true)
    expect(requests[0]?.headers).toMatchObject({
      'x-amz-copy-source': '/duely/uploads/wsp_1/tsk_1/att_1',
      'x-amz-copy-source-if-match': '"1"',
      'x-amz-metadata-directive': 'REPLACE',
      'content-type': 'text/plain',
      'content-disposition': 'attachment',
      authorization: expect.stringContaining('x-amz-copy-source-if-match'),
    })
    expect(requests[0]?.url).toBe('/duely/files/wsp_1/tsk_1/att_1')
  })

  test('tries again when a connection breaks or S3 is busy', async () => {
    const head = status(200, { 'content-length': '5', 'content-type': 'text/plain', etag: '"1"' })
    const { objects, requests } = await startServer(hangUp, status(503), head)
    expect(await objects.uploaded(address)).toEqual(uploaded)
    expect(requests).toHaveLength(3)
  })

  test('takes a copy that failed behind status 200 for the failure it is', async () => {
    const late = status(200, {}, errorOf('InternalError'))
    const { objects, requests } = await startServer(late, status(200, {}, '<CopyObjectResult/>'))
    expect(await objects.accept(address, uploaded, 'attachment')).toBe(true)
    expect(requests).toHaveLength(2)
  })

  test('gives up after three attempts, and the caller is told to try again', async () => {
    const { objects, requests } = await startServer(status(503, {}, errorOf('SlowDown')))
    const error = await objects.remove(address).catch((thrown: unknown) => thrown)
    expect(asFailure(error).code).toBe('unavailable')
    expect(requests).toHaveLength(3)
  })

  test('waits for an answer only so long, and not a second time', async () => {
    const { objects, requests } = await startServer(() => undefined)
    const error = await objects.uploaded(address).catch((thrown: unknown) => thrown)
    expect(asFailure(error).code).toBe('unavailable')
    expect(requests).toHaveLength(1)
  })

  test('takes a refusal for a defect of ours: no second attempt, no excuse', async () => {
    const { objects, requests } = await startServer(status(403, {}, errorOf('AccessDenied')))
    const error = await objects.remove(address).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('DELETE with 403 AccessDenied')
    expect(asFailure(error).code).toBe('internal')
    expect(requests).toHaveLength(1)
  })

  test.each([404, 412])('knows from status %i that the bytes to copy are gone', async (code) => {
    const { objects } = await startServer(status(code, {}, errorOf('PreconditionFailed')))
    expect(await objects.accept(address, uploaded, 'attachment')).toBe(false)
  })

  test('removes what is not there without complaint', async () => {
    const { objects } = await startServer(status(404), status(204))
    await expect(objects.remove(address)).resolves.toBeUndefined()
    await expect(objects.remove(address)).resolves.toBeUndefined()
  })
})
