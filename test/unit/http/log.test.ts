import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { errorLine, log } from '../../../shared/http/log.ts'
import { workspaceId } from '../domain/support/builders.ts'
import { readThings, startKernel, writeThing } from './support/kernel.ts'

/** Texts that can be found again wherever they turn up, with whatever might break out of a line. */
const secret = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('', '\n    at ', '\n', '"', '\\', '\u2028'),
  )
  .map(([text, breaker]) => `zq7${breaker}${text}7qz`)
/** Pieces of a secret that may not stand in a line, raw or escaped. */
const tracesIn = (line: unknown): boolean => /zq7|7qz/.test(JSON.stringify(line))

describe('the line of a request', () => {
  test('holds neither token, query value, body, header nor path, whatever they are', async () => {
    const writing = startKernel(writeThing(), () => ({ body: {} }))
    const reading = startKernel(readThings(), () => ({ body: {} }))
    await fc.assert(
      fc.asyncProperty(secret, fc.boolean(), fc.boolean(), async (text, isKnown, isRead) => {
        const { call, lines } = isRead ? reading : writing
        await call({
          httpMethod: isRead ? 'GET' : 'POST',
          path: `/v1/workspaces/${text}`,
          pathParameters: { workspaceId: isKnown ? workspaceId : text },
          headers: {
            authorization: isKnown ? 'Bearer good' : `Bearer ${text}`,
            'content-type': 'application/json',
            cookie: `__Host-duely_refresh=${text}`,
            'idempotency-key': text,
            'user-agent': text,
            'x-forwarded-for': text,
          },
          queryStringParameters: { q: text, [text]: text },
          multiValueQueryStringParameters: { q: [text], [text]: [text] },
          body: isRead ? null : JSON.stringify({ name: text, [text]: text, email: `${text}@example.com` }),
        })
        expect(tracesIn(lines.pop())).toBe(false)
      }),
    )
  })

  test('holds nothing of the message of whatever was thrown', async () => {
    await fc.assert(
      fc.asyncProperty(secret, secret, async (first, second) => {
        const thrown = new Error(first, { cause: new Error(second) })
        const { call, lines } = startKernel(writeThing(), () => {
          throw thrown
        })
        const { body } = await call()
        expect(lines).toHaveLength(1)
        expect(tracesIn(lines)).toBe(false)
        expect(tracesIn(body)).toBe(false)
        expect(lines[0]?.error?.stack.length).toBeGreaterThan(0)
      }),
    )
  })

  test('says what is needed to find it again', async () => {
    const { call, lines } = startKernel(writeThing(), () => ({ body: {} }))
    await call()
    await call({ body: '{' })
    expect(lines).toEqual([
      {
        requestId: 'req-1',
        route: 'things',
        method: 'POST',
        path: '/v1/workspaces/{workspaceId}/things',
        status: 201,
        milliseconds: 0,
        workspaceId,
      },
      expect.objectContaining({ status: 400, problem: 'malformed-json' }),
    ])
    expect(lines[1]).not.toHaveProperty('error')
  })
})

describe('errors', () => {
  const messages = ['a\n    at leak (file:1:2)', '', 'x\n    at leak.ts:3:4', '    at leak', '\n    at leak ']

  test.each(messages)('show their frames alone (%j)', (message) => {
    const changed = new Error('before')
    changed.message = message
    for (const error of [
      new Error(message),
      Object.assign(new TypeError(message), { name: 'Named' }),
      changed,
    ]) {
      const { stack } = errorLine(error)
      expect(stack.join()).not.toContain('leak')
      expect(stack[0]).toContain('log.test.ts')
    }
  })

  test('whatever is thrown has a line', () => {
    expect(errorLine('text')).toEqual({ name: 'string', stack: [] })
    expect(errorLine(undefined)).toEqual({ name: 'undefined', stack: [] })
    expect(errorLine(Object.assign(new Error('x'), { stack: undefined }))).toEqual({
      name: 'Error',
      stack: [],
    })
  })
})

describe('what is written', () => {
  afterEach(() => void vi.restoreAllMocks())

  test('is one line of JSON, an error from 500 on', () => {
    const written: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text))
      return true
    })
    const line = { requestId: 'r\n1', route: 'x', method: 'GET', path: '/', milliseconds: 1 }
    for (const status of [200, 499, 500, 503]) log({ ...line, status })
    expect(written.every((text) => text.indexOf('\n') === text.length - 1)).toBe(true)
    expect(written.map((text) => JSON.parse(text).level)).toEqual(['info', 'info', 'error', 'error'])
  })
})
