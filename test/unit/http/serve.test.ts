import { describe, expect, test } from 'vitest'
import { roles } from '../../../shared/api/actions.ts'
import { languages } from '../../../shared/api/languages.ts'
import { type ProblemCode, problems } from '../../../shared/api/problems.ts'
import { mayDo } from '../../../shared/domain/access/permissions.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import { problemTitle } from '../../support/problemTitle.ts'
import { idOf, userOf, workspaceId } from '../domain/support/builders.ts'
import { readThings, startKernel, writeThing } from './support/kernel.ts'

const ok = () => ({ body: { id: 'x', name: 'a', allowedActions: [] }, version: 3 })
const codes = Object.keys(problems) as ProblemCode[]

describe('every problem', () => {
  test.each(codes)('%s has its status, and its title in every language', async (code) => {
    const { call } = startKernel(writeThing(), () => {
      throw new Failure(code)
    })
    for (const language of languages) {
      const result = await call({
        headers: {
          authorization: 'Bearer good',
          'content-type': 'application/json',
          'accept-language': `${language};q=0.9, xx`,
        },
      })
      expect(result.statusCode).toBe(problems[code].status)
      expect(result.headers['content-type']).toBe('application/problem+json')
      expect(result.headers['content-language']).toBe(language)
      expect(result.json()).toEqual({
        type: `urn:duely:problem:${code}`,
        title: problemTitle(code, language),
        status: problems[code].status,
        requestId: 'req-1',
      })
    }
  })

  test('a 401 carries a challenge; what is worth another try says when', async () => {
    const headersOf = async (code: ProblemCode) => {
      const { call } = startKernel(writeThing(), () => {
        throw new Failure(code)
      })
      return (await call()).headers
    }
    for (const code of codes.filter((one) => problems[one].status === 401)) {
      expect((await headersOf(code))['www-authenticate']).toBe('Bearer')
    }
    expect((await headersOf('unavailable'))['retry-after']).toMatch(/^\d+$/)
    expect((await headersOf('in-progress'))['retry-after']).toMatch(/^\d+$/)
  })
})

describe('a surprise', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name })

  test.each([
    ['an error', new Error('password=hunter2')],
    ['a thrown text', 'hunter2'],
    ['nothing', undefined],
    ['a rejected service', named('AccessDeniedException', 'hunter2 arn:aws:dynamodb')],
    ['one that says it is a failure', named('Failure', 'hunter2')],
  ])('%s is a 500 without a word about it', async (_name, thrown) => {
    const { call, lines } = startKernel(writeThing(), () => {
      throw thrown
    })
    const result = await call()
    expect(result.json()).toEqual({
      type: 'urn:duely:problem:internal',
      title: problems.internal.title,
      status: 500,
      requestId: 'req-1',
    })
    expect(JSON.stringify(result)).not.toContain('hunter2')
    expect(JSON.stringify(lines)).not.toContain('hunter2')
    expect(lines).toEqual([expect.objectContaining({ status: 500, route: 'things' })])
  })

  test.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflictException',
    'TransactionInProgressException',
    'TimeoutError',
  ])('a store that answers %s is a 503 worth another try', async (name) => {
    const { call } = startKernel(writeThing(), () => {
      throw named(name, 'table arn:aws:dynamodb hunter2')
    })
    const result = await call()
    expect([result.statusCode, result.headers['retry-after']]).toEqual([503, '2'])
    expect(result.body).not.toContain('hunter2')
  })
})

test('a route that does not declare the refresh cookie cannot touch it', async () => {
  const { call } = startKernel(writeThing(), () => ({ body: {}, cookie: null }))
  const headers = {
    authorization: 'Bearer good',
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
  }
  const result = await call({ headers })
  expect(result.statusCode).toBe(500)
  expect(result.headers).not.toHaveProperty('set-cookie')
})

describe('in which order a request is refused', () => {
  const body = 'not json'
  const path = { pathParameters: { workspaceId: 'nonsense' } }

  test('without a token first, then the path, then the body, then access', async () => {
    const { call, ran } = startKernel(writeThing(), ok, { role: undefined })
    expect((await call({ headers: {}, ...path, body })).statusCode).toBe(401)
    expect((await call({ ...path, body })).statusCode).toBe(404)
    expect((await call({ body })).statusCode).toBe(400)
    expect((await call()).statusCode).toBe(404)
    expect(ran).toEqual([])
  })

  test('an ended session is no session, whatever else is wrong with the target', async () => {
    const load = () => Promise.reject(new Failure('not-found'))
    const { call } = startKernel(writeThing(), ok, { session: { endedAt: '2026' }, load })
    expect((await call()).statusCode).toBe(401)
  })

  test('what a target answers shows only to who may see it', async () => {
    const load = () => Promise.reject(new Failure('precondition-failed', 'secret'))
    for (const [role, status] of [
      [undefined, 404],
      ['guest', 404],
      ['owner', 412],
    ] as const) {
      const { call } = startKernel(writeThing(), ok, { role, load })
      expect((await call()).statusCode).toBe(status)
    }
  })

  test('a foreign workspace answers as one that does not exist', async () => {
    const { call } = startKernel(writeThing(), ok, { role: undefined })
    const [foreign, missing] = [
      await call(),
      await call({ pathParameters: { workspaceId: idOf('workspace', 'no') } }),
    ]
    expect(foreign).toEqual({ ...missing, json: expect.any(Function) })
  })
})

test.each(roles)('%s reaches a route only as the table says', async (role) => {
  for (const isOwn of [true, false]) {
    const about = () => ({ owners: isOwn ? [userOf('ana')] : [] })
    const { call, ran } = startKernel(writeThing(), ok, { role, about })
    const { statusCode } = await call()
    const may = mayDo(role, 'task.edit', isOwn)
    expect([statusCode, ran.length]).toEqual([
      may ? 201 : mayDo(role, 'task.read', isOwn) ? 403 : 404,
      may ? 1 : 0,
    ])
  }
})

describe('headers of every answer', () => {
  const failing = () => {
    throw new Error('x')
  }
  test.each([
    ['a success', ok, {}],
    ['a refusal', ok, { body: '' }],
    ['a surprise', failing, {}],
    ['an unknown caller', ok, { headers: {} }],
  ])('%s is neither framed nor sniffed, and has its id', async (_name, run, changes) => {
    const { headers } = await startKernel(writeThing(), run).call(changes)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-request-id': 'req-1',
    })
  })

  test('origins of the setting may read it, errors included; others get no word', async () => {
    const { call } = startKernel(writeThing(), failing)
    const from = async (origin: string) => (await call({ headers: { Origin: origin } })).headers
    expect(await from('https://app.test')).toMatchObject({
      'access-control-allow-origin': 'https://app.test',
      'access-control-allow-credentials': 'true',
    })
    for (const origin of [
      'https://evil.test',
      'https://app.test.evil.test',
      'null',
      '*',
      'http://app.test',
    ]) {
      expect(Object.keys(await from(origin)).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    expect((await from('https://evil.test')).vary).toContain('Origin')
  })
})

describe('replies', () => {
  const read = (run = ok, changes = {}) =>
    startKernel(readThings(), run as never).call({ httpMethod: 'GET', body: null, ...changes })
  const query = (values: Record<string, string>) => ({
    queryStringParameters: values,
    multiValueQueryStringParameters: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, [value]]),
    ),
  })

  test('have their version as ETag; a caller who has it gets 304, a writer never', async () => {
    const held = {
      headers: { authorization: 'Bearer good', 'if-none-match': '"3"', 'content-type': 'application/json' },
    }
    expect((await read()).headers.etag).toBe('"3"')
    expect(await read(ok, held)).toMatchObject({ statusCode: 304, body: '' })
    expect((await startKernel(writeThing(), ok).call(held)).statusCode).toBe(201)
  })

  test('are never kept by a browser: the next caller of the same path may be somebody else', async () => {
    // `/v1/me` of two people has one URL and may have one version: a kept copy would be confirmed by the other's 304.
    expect((await read()).headers['cache-control']).toBe('no-store')
  })

  test('are cut to the fields asked for', async () => {
    expect((await read(ok, query({ fields: 'name' }))).json()).toEqual({ name: 'a' })
    expect((await read(ok, query({ fields: 'name,nope,constructor' }))).json()).toEqual({ name: 'a' })
    const list = () => ({ body: { items: [ok().body, ok().body] }, nextPosition: 'p' })
    const page = (await read(list as never, query({ fields: 'id' }))).json()
    expect(page).toEqual({ items: [{ id: 'x' }, { id: 'x' }], next: expect.stringContaining('cursor=') })
  })

  test.each(['', ',', 'name,', 'a b', 'naïve', '*', 'x'.repeat(41)])(
    'fields=%s is refused',
    async (fields) => {
      const result = await read(ok, query({ fields }))
      expect([result.statusCode, result.json().errors[0].pointer]).toEqual([400, '?fields'])
    },
  )

  test('a next link asks the same query for the next page, and is good for it', async () => {
    const asked: (string | undefined)[] = []
    const { call } = startKernel(readThings(), ({ position }) => {
      asked.push(position)
      return { body: { items: [] }, nextPosition: 'päge#2' }
    })
    const get = (values: Record<string, string>) => call({ httpMethod: 'GET', body: null, ...query(values) })
    const { next } = (await get({ q: 'a b&c', limit: '7' })).json()
    const url = new URL(next, 'https://x')
    expect(url.pathname).toBe(`/v1/workspaces/${workspaceId}/things`)
    const values = Object.fromEntries(url.searchParams)
    expect(values).toMatchObject({ q: 'a b&c', limit: '7' })
    expect((await get(values)).statusCode).toBe(200)
    expect((await get({ ...values, limit: '9' })).statusCode).toBe(200)
    expect(asked).toEqual([undefined, 'päge#2', 'päge#2'])
    expect((await get({ ...values, q: 'other' })).statusCode).toBe(400)
  })

  test('a next link of a list that was asked for without a query has the cursor alone', async () => {
    const { call } = startKernel(readThings(), () => ({ body: { items: [] }, nextPosition: 'p' }))
    const none = { queryStringParameters: null, multiValueQueryStringParameters: null }
    const { next } = (await call({ httpMethod: 'GET', body: null, ...none })).json()
    const { searchParams } = new URL(next, 'https://x')
    expect([...searchParams.keys()]).toEqual(['cursor'])
    const further = await call({ httpMethod: 'GET', body: null, ...query(Object.fromEntries(searchParams)) })
    expect(further.statusCode).toBe(200)
  })

  test('unknown, repeated and impossible query parameters are named', async () => {
    for (const [changes, pointer] of [
      [query({ nope: '1' }), '?nope'],
      [query({ __proto__x: '1' }), '?__proto__x'],
      [query({ limit: '0' }), '?limit'],
      [query({ limit: '101' }), '?limit'],
      [query({ limit: '1.5' }), '?limit'],
      [query({ limit: 'ten' }), '?limit'],
      [{ queryStringParameters: { q: 'b' }, multiValueQueryStringParameters: { q: ['a', 'b'] } }, '?q'],
    ] as const) {
      const result = await read(ok, changes)
      expect([result.statusCode, result.json().errors?.[0].pointer]).toEqual([400, pointer])
    }
  })
})
