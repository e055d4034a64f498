import { describe, expect, expectTypeOf, test } from 'vitest'
import { createClient } from '../../../shared/api/client.ts'
import { editMe, getMe } from '../../../shared/api/routes/account.ts'
import { getDocsAsset } from '../../../shared/api/routes/meta.ts'
import { listProjects } from '../../../shared/api/routes/projects.ts'
import { signIn, signOut } from '../../../shared/api/routes/sessions.ts'
import type { Profile } from '../../../shared/api/schemas/people.ts'

const workspaceId = 'wsp_01jd3v8k6t9q2w4e7r5y8z0x1c'
const profile: Profile = {
  id: '00000000-0000-4000-8000-000000000000',
  email: 'ana@example.org',
  name: 'Ana',
  language: 'en',
  zone: 'UTC',
  weekStart: 'MO',
  workingHours: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  version: 1,
}
const asJson = { 'content-type': 'application/json', 'x-request-id': 'r' }
const withTag = { ...asJson, etag: '"1"' }

/** A client whose requests end here, with this answer to each. */
const client = (status: number, body: unknown, headers: Record<string, string>, accessToken = 'token') => {
  const sent: Request[] = []
  const answer: typeof fetch = async (input, init) => {
    sent.push(new Request(input, init))
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
  }
  const baseUrl = 'https://duely.example'
  return { ...createClient({ baseUrl, accessToken, fetch: answer, checked: true }), sent }
}
const problem = (code: string, status: number) => ({
  type: `urn:duely:problem:${code}`,
  title: 'No',
  status,
  requestId: 'r',
})
const asProblem = { 'content-type': 'application/problem+json', 'x-request-id': 'r' }

describe('a request', () => {
  test('has its path, query, headers and body from the declaration', async () => {
    const { call, sent } = client(200, { items: [] }, asJson)
    await call(listProjects, { params: { workspaceId }, query: { limit: 10, cursor: 'a/b' } })
    expect(sent[0]?.url).toBe(
      `https://duely.example/v1/workspaces/${workspaceId}/projects?limit=10&cursor=a%2Fb`,
    )
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer token')
    expect(sent[0]?.headers.has('content-type')).toBe(false)
  })

  test('is JSON, and a patch says that it is one', async () => {
    const { call, sent } = client(200, profile, withTag)
    await call(editMe, { body: { name: 'Ana' }, headers: { 'if-match': '"1"' } })
    expect(sent[0]?.method).toBe('PATCH')
    expect(sent[0]?.headers.get('content-type')).toBe('application/merge-patch+json')
    expect(sent[0]?.headers.get('if-match')).toBe('"1"')
    expect(await sent[0]?.json()).toEqual({ name: 'Ana' })
  })

  test('without its parameter does not leave', async () => {
    const { call, sent } = client(200, {}, asJson)
    await expect(call(getDocsAsset, { params: { asset: '' as 'start.js' } })).rejects.toThrow('needs asset')
    expect(sent).toEqual([])
  })
})

describe('a reply', () => {
  test('has the type of its route', async () => {
    const reply = await client(200, profile, withTag).call(getMe)
    if (!reply.ok) throw new Error('refused')
    expectTypeOf(reply.body).toEqualTypeOf<Profile>()
    expect(reply.body).toEqual(profile)
  })

  test('may be empty', async () => {
    const { body, status } = await client(204, undefined, { 'x-request-id': 'r' }).call(signOut)
    expect([status, body]).toEqual([204, undefined])
  })

  test('may be a problem', async () => {
    const reply = await client(401, problem('wrong-credentials', 401), asProblem).call(signIn, {
      body: { email: 'ana@example.org', password: 'x' },
    })
    expect(reply.ok).toBe(false)
    expect(reply.body).toMatchObject({ type: 'urn:duely:problem:wrong-credentials' })
  })

  test('of some fields is not held against the whole', async () => {
    const { body } = await client(200, { name: 'Ana' }, withTag).call(getMe, { query: { fields: 'name' } })
    expect(body).toEqual({ name: 'Ana' })
  })
})

describe('a reply that is not as declared is refused:', () => {
  test.each([
    ['another status', 201, profile, withTag, 'the declared status is 200'],
    ['a missing member', 200, { ...profile, zone: undefined }, withTag, 'zone'],
    ['a member too many', 200, { ...profile, passwordHash: 'x' }, withTag, 'passwordHash'],
    ['no ETag', 200, profile, asJson, 'no strong ETag'],
    ['no request id', 200, profile, { 'content-type': 'application/json' }, 'X-Request-Id'],
    ['another media type', 200, profile, { ...withTag, 'content-type': 'text/json' }, 'media type'],
    ['a problem of other routes', 400, problem('invalid-code', 400), asProblem, 'not among the declared'],
    ['a problem of another status', 400, problem('unauthenticated', 400), asProblem, 'is 401'],
    ['an error without a problem', 500, { message: 'Internal Server Error' }, asJson, 'no problem document'],
  ])('%s', async (_name, status, body, headers, message) => {
    await expect(client(status, body, headers).call(getMe)).rejects.toThrow(message)
  })
})
