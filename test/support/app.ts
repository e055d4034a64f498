import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, DynamoDBRecord } from 'aws-lambda'
import type { Role } from '../../shared/api/actions.ts'
import type { RouteDeclaration } from '../../shared/api/declaration.ts'
import type { JobMessage } from '../../shared/api/schemas/jobs.ts'
import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import type { AccountMessage } from '../../shared/api/schemas/privacy.ts'
import type { WebhookMessage } from '../../shared/api/schemas/webhooks.ts'
import { consumeTableStream } from '../../shared/api/triggers.ts'
import { agreementStore } from '../../shared/data/stores/agreements.ts'
import { storesOf } from '../../shared/data/stores/all.ts'
import { auditStore } from '../../shared/data/stores/audit.ts'
import { batchStore } from '../../shared/data/stores/batches.ts'
import { commentRecordStore } from '../../shared/data/stores/commentHistory.ts'
import { customFieldStore } from '../../shared/data/stores/customFields.ts'
import { deletionStore } from '../../shared/data/stores/deletions.ts'
import { deliveryStore } from '../../shared/data/stores/deliveries.ts'
import { derivedStore } from '../../shared/data/stores/derived.ts'
import { digestStore } from '../../shared/data/stores/digests.ts'
import { exportStore } from '../../shared/data/stores/exports.ts'
import { groupStore } from '../../shared/data/stores/groups.ts'
import { jobStore } from '../../shared/data/stores/jobs.ts'
import { ledgerStore } from '../../shared/data/stores/ledger.ts'
import { logStore } from '../../shared/data/stores/log.ts'
import { mfaStore } from '../../shared/data/stores/mfa.ts'
import { preferencesStore } from '../../shared/data/stores/preferences.ts'
import { scheduleStore } from '../../shared/data/stores/schedules.ts'
import { suppressionStore } from '../../shared/data/stores/suppressions.ts'
import { templateStore } from '../../shared/data/stores/templates.ts'
import { bucketStore } from '../../shared/data/stores/throttle.ts'
import { timerStore } from '../../shared/data/stores/timers.ts'
import { tokenStore } from '../../shared/data/stores/tokens.ts'
import { upkeepStore } from '../../shared/data/stores/upkeep.ts'
import { webhookStore } from '../../shared/data/stores/webhooks.ts'
import { memberCodec } from '../../shared/data/stores/workspacesByKey.ts'
import type { Table } from '../../shared/data/tablePort.ts'
import type { Person } from '../../shared/domain/account/person.ts'
import type { JobQueue } from '../../shared/domain/jobs/ports.ts'
import { paceWith } from '../../shared/domain/throttle/pace.ts'
import { onStream } from '../../shared/events/onStream.ts'
import { countingWith } from '../../shared/http/limits.ts'
import type { RequestLine } from '../../shared/http/log.ts'
import { refreshTokensWith } from '../../shared/http/refreshTokens.ts'
import { serve } from '../../shared/http/serve.ts'
import { liveTicketsWith } from '../../shared/http/tickets.ts'
import { webhookSecretsWith } from '../../shared/http/webhookSecrets.ts'
import { linksWith } from '../../shared/mail/unsubscribing.ts'
import { accessToken, verifier } from './accessTokens.ts'
import { type Engine, startEngine } from './engine.ts'
import { fakeIdentity } from './fakeIdentity.ts'
import { grants } from './granted.ts'
import { memoryFiles } from './memoryFiles.ts'
import { newAddress } from './newAddress.ts'
import { problemTitle } from './problemTitle.ts'
import { recording } from './recording.ts'
import { streamReader } from './streamReader.ts'
import { useCases } from './useCases.ts'

export interface Reply {
  readonly status: number
  readonly headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies freely; e2e checks them against the schemas
  readonly body: any
}

export interface Request {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** Where it comes from; without one, from somewhere that nothing else has come from. */
  readonly address?: string
}

export interface Someone {
  readonly userId: string
  readonly token: string
}

const orNull = <Values extends object>(values: Values): Values | null =>
  Object.keys(values).length === 0 ? null : values

const eventOf = (
  route: RouteDeclaration,
  request: Request,
  token: string | undefined,
): APIGatewayProxyEvent => {
  const { params = {}, query = {}, body, headers = {}, address = newAddress() } = request
  const raw = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
  const path = route.path.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? '')
  return {
    httpMethod: route.method,
    resource: route.path,
    path,
    // What there is none of is `null`, as API Gateway has it.
    pathParameters: orNull(params),
    queryStringParameters: orNull(query),
    multiValueQueryStringParameters: orNull(
      Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    ),
    headers: {
      ...(raw !== null && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    multiValueHeaders: {},
    body: raw,
    isBase64Encoded: false,
    stageVariables: null,
    requestContext: {
      requestId: randomUUID(),
      identity: { sourceIp: address },
    } as APIGatewayProxyEvent['requestContext'],
  }
}

/**
 * The kernel and the use cases over a real engine, with a clock and tokens of the tests. Each function may do what it
 * declares, and nothing else.
 */
export const startApp = async (over: (table: Table, engine: Engine) => Table = (table) => table) => {
  const engine: Engine = await startEngine()
  const granted = grants()
  const table = granted.ofTable(over(engine.table, engine))
  const stream = await streamReader(engine)
  const clock = { now: Date.now() }
  const lines: RequestLine[] = []
  const notices: NoticeMessage[] = []
  /** Operations of the user pool, by name. */
  const asked: string[] = []
  const work: JobMessage[] = []
  const accountWork: AccountMessage[] = []
  const webhookWork: WebhookMessage[] = []
  const settings = {
    verify: verifier(),
    cursorKey: 'cursor key of the tests',
    publicUrl: 'https://duely.test',
    allowedOrigins: ['https://duely.test'],
    problemTitle,
    clock: () => clock.now,
    log: (line: RequestLine) => lines.push(line),
    counting: countingWith(paceWith(bucketStore(table), { key: 'key of the tests', addressFactor: 1 })),
  }
  const stores = storesOf(table)
  const groups = groupStore(table)
  const preferences = preferencesStore(table)
  const jobs = jobStore(table)
  const files = granted.ofFiles(memoryFiles())
  const pool = fakeIdentity()
  const hooks = {
    webhooks: webhookStore(table),
    deliveries: deliveryStore(table),
    log: logStore(table),
    commentRecords: commentRecordStore(table),
    secrets: webhookSecretsWith(settings.cursorKey),
  }
  const identity = recording(pool.identity, asked)
  const world = {
    settings,
    identity,
    authenticators: recording(pool.authenticators, asked),
    refreshTokens: refreshTokensWith(settings.cursorKey),
    ...stores,
    people: { ...stores.people, ...mfaStore(table) },
    ...files,
    jobs,
    agreements: agreementStore(table),
    audit: auditStore(table),
    batches: batchStore(table),
    templates: templateStore(table),
    timers: timerStore(table),
    tokens: tokenStore(table),
    customFields: customFieldStore(table),
    groups,
    deletions: deletionStore(table),
    exports: exportStore(table),
    inbox: ledgerStore(table),
    schedules: scheduleStore(table),
    preferences,
    suppressions: suppressionStore(table),
    links: linksWith(settings.cursorKey),
    ...hooks,
    // Names of tests are resolved by nobody.
    targets: { objectionTo: async () => undefined },
    liveTickets: liveTicketsWith(settings.cursorKey),
    liveUrl: 'wss://live.duely.test/live',
    newTicketId: randomUUID,
  }
  const queue = { send: async (messages: readonly NoticeMessage[]) => void notices.push(...messages) }
  /** One queue with two kinds of work. */
  const jobQueue: JobQueue = {
    send: async (messages) => {
      for (const message of messages) 'kind' in message ? accountWork.push(message) : work.push(message)
    },
  }
  const webhookQueue = {
    send: async (messages: readonly WebhookMessage[]) => void webhookWork.push(...messages),
  }
  const consumer = onStream({
    derived: derivedStore(table),
    stores,
    groups,
    digests: digestStore(table),
    preferences,
    upkeeps: upkeepStore(table),
    queue,
    jobs: jobQueue,
    webhooks: webhookQueue,
    objects: files.objects,
  })

  const call = async (
    who: Someone | undefined,
    route: RouteDeclaration,
    request: Request = {},
  ): Promise<Reply> => {
    const useCase = useCases[route.name]
    if (useCase === undefined) throw new Error(`no use case named ${route.name}`)
    const handler = serve(route, useCase as never, world)
    const event = eventOf(route, request, who?.token)
    const result = (await granted.as(route, () => handler(event, {} as Context))) as APIGatewayProxyResult
    const { statusCode, headers = {}, body, isBase64Encoded } = result
    return {
      status: statusCode,
      headers: headers as Record<string, string>,
      body: isBase64Encoded
        ? Buffer.from(body, 'base64').toString()
        : body === ''
          ? undefined
          : JSON.parse(body),
    }
  }

  /** A person with a confirmed account and a live session. */
  const person = async (name: string, changes: Partial<Person> = {}): Promise<Someone> => {
    const userId = randomUUID()
    const sessionId = randomUUID()
    const createdAt = new Date(clock.now).toISOString()
    await stores.people.addPerson({
      id: userId,
      email: `${name.toLowerCase().replaceAll(/\W/g, '')}-${userId}@example.com`,
      name,
      language: 'en',
      zone: 'UTC',
      state: 'active',
      sessionsFrom: '1970-01-01T00:00:00.000Z',
      keptSession: null,
      createdAt,
      updatedAt: createdAt,
      version: 1,
      ...changes,
    })
    const expiresAt = '2199-01-01T00:00:00.000Z'
    await stores.people.addSession({
      id: sessionId,
      userId,
      createdAt,
      expiresAt,
      endedAt: null,
      userAgent: '',
    })
    return { userId, token: accessToken(userId, sessionId) }
  }

  /** Puts somebody into a workspace, as an accepted invitation would. */
  const join = async (who: Someone, workspaceId: string, role: Role, name = 'Somebody'): Promise<void> => {
    const joinedAt = new Date(clock.now).toISOString()
    const member = {
      workspaceId,
      workspaceName: 'W',
      userId: who.userId,
      name,
      role,
      joinedAt,
      updatedBy: who.userId,
      version: 1,
    }
    await table.put(memberCodec.encode(member), { absent: true })
  }

  /** Hands records to the stream consumer. */
  const consume = async (Records: DynamoDBRecord[]): Promise<void> => {
    const { batchItemFailures } = await granted.as(consumeTableStream, () => consumer({ Records }))
    if (batchItemFailures.length > 0) throw new Error(`consumer failed: ${JSON.stringify(batchItemFailures)}`)
  }

  /** Lets the stream consumer catch up with everything written. */
  const drain = async (): Promise<void> => {
    for (;;) {
      const records = await stream.page()
      if (records.length === 0) return
      await consume(records)
    }
  }

  const close = async () => {
    stream.close()
    await engine.close()
  }
  return {
    engine,
    table,
    granted,
    stores,
    groups,
    settings,
    facts: { ...stores, groups, preferences, inbox: world.inbox },
    identity,
    jobs,
    files,
    clock,
    lines,
    asked,
    notices,
    work,
    accountWork,
    webhookWork,
    hooks,
    jobQueue,
    stream,
    call,
    person,
    join,
    consume,
    drain,
    close,
  }
}
export type App = Awaited<ReturnType<typeof startApp>>
