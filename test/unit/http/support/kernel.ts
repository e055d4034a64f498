import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import * as z from 'zod/mini'
import type { Role } from '../../../../shared/api/actions.ts'
import { type Access, route } from '../../../../shared/api/declaration.ts'
import { workspaceId as workspaceIdSchema } from '../../../../shared/api/schemas/ids.ts'
import { nothing, paging } from '../../../../shared/api/schemas/list.ts'
import { text } from '../../../../shared/api/schemas/text.ts'
import type { Target } from '../../../../shared/domain/access/target.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import type { Ask, Outcome, UseCase } from '../../../../shared/domain/useCase.ts'
import type { RequestLine } from '../../../../shared/http/log.ts'
import { serve } from '../../../../shared/http/serve.ts'
import type { HttpSettings } from '../../../../shared/http/settings.ts'
import { problemTitle } from '../../../support/problemTitle.ts'
import { aMember, aPerson, aSession, start, userOf, workspaceId } from '../../domain/support/builders.ts'

export const anEvent = (changes: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent => ({
  httpMethod: 'POST',
  resource: '',
  path: `/v1/workspaces/${workspaceId}/things`,
  pathParameters: { workspaceId },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  headers: { authorization: 'Bearer good', 'content-type': 'application/json' },
  multiValueHeaders: {},
  body: '{"name":"a"}',
  isBase64Encoded: false,
  stageVariables: null,
  requestContext: { requestId: 'req-1' } as APIGatewayProxyEvent['requestContext'],
  ...changes,
})

const settingsOf = (lines: RequestLine[] = []): HttpSettings => ({
  verify: async (authorization) => {
    if (authorization !== 'Bearer good') throw new Failure('unauthenticated')
    return { userId: userOf('ana'), sessionId: 'session', expiresAt: 0 }
  },
  cursorKey: 'key of these tests',
  publicUrl: 'https://duely.test',
  allowedOrigins: ['https://duely.test', 'https://app.test'],
  problemTitle,
  clock: () => start,
  log: (line) => void lines.push(line),
})

const params = z.strictObject({ workspaceId: workspaceIdSchema })
const common = {
  name: 'things',
  path: '/v1/workspaces/{workspaceId}/things',
  summary: 'Things',
  tag: 'things',
  params,
  problems: [],
  etag: true,
  uses: {},
  budget: { depth: 0, calls: 0, readUnits: 0, writeUnits: 0 },
} as const
const memberAccess: Access = { kind: 'member', action: 'task.edit' }

export const writeThing = (access = memberAccess) =>
  route({
    ...common,
    method: 'POST',
    access,
    query: nothing,
    body: z.strictObject({ name: text(1, 50), refreshTokenIn: z.optional(z.string()) }),
    reply: { status: 201, schema: z.looseObject({}) },
  })
export const readThings = (access = memberAccess) =>
  route({
    ...common,
    method: 'GET',
    access,
    query: z.strictObject({ ...paging, q: z.optional(z.string()) }),
    body: undefined,
    reply: { status: 200, schema: z.looseObject({}) },
  })

type Run = (ask: Ask) => Promise<Outcome<unknown>> | Outcome<unknown>

/** A route of things in the kernel. `run` answers; `about` and `role` decide whether it is reached. */
export const startKernel = (
  declared: ReturnType<typeof writeThing> | ReturnType<typeof readThings>,
  run: Run,
  given: {
    role?: Role | undefined
    about?: () => Target
    session?: object
    load?: () => Promise<unknown>
  } = {},
) => {
  const lines: RequestLine[] = []
  const ran: Ask[] = []
  const world = {
    settings: settingsOf(lines),
    people: {
      person: async () => aPerson(),
      session: async () => aSession(given.session),
    },
    workspaces: {
      member: async () =>
        'role' in given && given.role === undefined ? undefined : aMember({ role: given.role ?? 'owner' }),
    },
  }
  const useCase: UseCase<Ask, unknown, unknown, unknown> = {
    ...(given.load && { load: given.load }),
    ...(given.about && { about: given.about }),
    run: async ({ ask }) => {
      ran.push(ask)
      return run(ask)
    },
  }
  const handler = serve(declared as never, useCase as never, world as never)
  const call = async (changes: Partial<APIGatewayProxyEvent> = {}) => {
    const result = (await handler(anEvent(changes), {} as Context)) as APIGatewayProxyResult
    return {
      ...result,
      headers: (result.headers ?? {}) as Record<string, string>,
      json: () => JSON.parse(result.body),
    }
  }
  return { call, lines, ran }
}
