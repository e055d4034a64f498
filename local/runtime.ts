import type { SocketDeclaration, TriggerDeclaration } from '../shared/api/declaration.ts'
import { fallback, routes } from '../shared/api/routes.ts'
import { sockets } from '../shared/api/sockets.ts'
import { triggers } from '../shared/api/triggers.ts'
import { claimDataDirectory, type DataDirectory } from './dataDirectory.ts'
import { otherSpelling, setEnvironment } from './environment.ts'
import { loadFunction } from './functions.ts'
import { startGateway } from './gateway.ts'
import { createInvoke, type Handler } from './lambda/invoke.ts'
import type { Log, Worker } from './lambda/worker.ts'
import { startLive } from './live/live.ts'
import { startCognito } from './parts/cognito.ts'
import { startDynamoDb } from './parts/dynamodb.ts'
import { startFiles } from './parts/files/files.ts'
import { declaredQueues } from './parts/queueNames.ts'
import { startSes } from './parts/ses.ts'
import { startSqs } from './parts/sqs.ts'
import type { RoutePattern } from './routeTable.ts'
import { startTrigger } from './workers.ts'

export interface RuntimeOptions {
  readonly dataDir: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly log: Log
  /** Forget what earlier runs kept. */
  readonly reset?: boolean
  /** Declarations and functions other than the product's; for tests. */
  readonly routes?: readonly RoutePattern[]
  readonly triggers?: readonly TriggerDeclaration[]
  readonly load?: (name: string) => Promise<Handler>
}

export interface Runtime {
  readonly baseUrl: string
  /** The inbox page; its mails as JSON at `/store`. */
  readonly inboxUrl: string
  /** Finishes what is under way, for a second at most, and stops every part. Nothing accepted is lost. */
  close(): Promise<void>
}

/** API Gateway waits no longer for a function. */
const httpTimeoutSeconds = 30
const tableName = 'duely'
const mailSender = 'no-reply@duely.localhost'
/** Milliseconds for work under way when the runtime stops. */
const grace = 1000

/**
 * Boots the embedded parts and serves the declared routes, consumers and schedules on 127.0.0.1.
 * It sets the environment of the process, so there can be one runtime per process.
 * Throws `DataDirectoryInUse`, or an error with code EADDRINUSE when the port is taken.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const directory = claimDataDirectory(options.dataDir, { reset: options.reset ?? false })
  const stops: Stops = [() => directory.release()]
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    return { ...(await startAll(options, directory, stops)), close: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}

/** What has been started and how it is stopped, in the order of starting. */
type Stops = (() => unknown)[]

async function startAll(
  options: RuntimeOptions,
  directory: DataDirectory,
  stops: Stops,
): Promise<Omit<Runtime, 'close'>> {
  const { port, log } = options
  const declared = options.triggers ?? triggers
  const origins: string[] = []
  const parts = await startParts(directory, declared, stops, origins)
  const configured = Promise.withResolvers<void>()
  const load = afterwards(configured.promise, options.load ?? loadFunction)
  const invoke = createInvoke(load, timeoutsOf([...declared, ...sockets]))
  const routing = { routes: options.routes ?? routes, fallback: fallback.name }
  const inboxUrl = parts.ses.endpoint
  const live = await startLive({ invoke, log })
  stops.push(() => live.close())
  const gateway = await startGateway({ ...routing, port, invoke, log, inboxUrl, onSocket: live.handle })
  stops.push(() => gateway.close(grace))
  const { baseUrl } = gateway
  origins.push(baseUrl, otherSpelling(baseUrl))
  const facts = { ...parts, live, tableName, baseUrl, mailSender, cursorKey: directory.cursorKey() }
  directory.share(setEnvironment(facts))
  configured.resolve()
  directory.announce(baseUrl)
  const workers: Worker[] = []
  stops.push(() => within(grace, Promise.all(workers.map((worker) => worker.stop()))))
  const { checkpointFolder } = directory
  const around = { ...parts, invoke, log, tableName, checkpointFolder }
  for (const trigger of declared) workers.push(await startTrigger(trigger, around))
  return { baseUrl, inboxUrl }
}

async function startParts(
  directory: DataDirectory,
  declared: readonly TriggerDeclaration[],
  stops: Stops,
  origins: readonly string[],
) {
  const dataDir = directory.path
  const queues = declaredQueues(declared)
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    stops.push(() => part.close())
    return part
  }
  const dynamoDb = keep(await startDynamoDb({ file: directory.tableFile, tableName }))
  const sqs = keep(await startSqs({ dataDir, queues }))
  const ses = keep(await startSes({ dataDir }))
  const cognito = keep(await startCognito({ dataDir, sesEndpoint: ses.endpoint, mailSender }))
  const files = keep(await startFiles({ directory: directory.filesFolder, allowedOrigins: () => origins }))
  return { dynamoDb, sqs, ses, cognito, files, queues: queues.map(({ name }) => name) }
}

/** A request that comes in before the environment is set waits for it. */
const afterwards =
  (first: Promise<void>, load: (name: string) => Promise<Handler>) =>
  async (name: string): Promise<Handler> => {
    await first
    return load(name)
  }

function timeoutsOf(declared: readonly (TriggerDeclaration | SocketDeclaration)[]): (name: string) => number {
  const seconds = new Map(declared.map(({ name, timeoutSeconds }) => [name, timeoutSeconds]))
  return (name) => seconds.get(name) ?? httpTimeoutSeconds
}

/** Waits for the work, but no longer than so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, patience])
  clearTimeout(timer)
}
