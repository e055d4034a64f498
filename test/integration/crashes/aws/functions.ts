import type { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { vi } from 'vitest'
import { environmentNames, queueUrlVariable } from '../../../../shared/api/environment.ts'
import { triggers } from '../../../../shared/api/triggers.ts'
import type { Table } from '../../../../shared/data/tablePort.ts'
import type { Mailer } from '../../../../shared/domain/notices/mailer.ts'
import type { Egress } from '../../../../shared/domain/webhooks/egress.ts'
import { giveChanceBack, takeChanceFrom } from './chance.ts'
import { type Cloud, type Handler, type Handlers, queueUrlOf } from './cloud.ts'

/** The cloud that the functions are in at present. */
let around: Cloud | undefined
export const enter = (cloud: Cloud | undefined): void => {
  around = cloud
}
const present = (): Cloud => {
  if (around === undefined) throw new Error('there is no cloud around the functions')
  return around
}

/** The table of the present cloud. */
export const presentTable: Table = {
  get: (key) => present().table.get(key),
  query: (range) => present().table.query(range),
  put: (...given) => present().table.put(...given),
  update: (...given) => present().table.update(...given),
  delete: (...given) => present().table.delete(...given),
  transact: (writes) => present().table.transact(writes),
}
const mailer: Mailer = { send: (...given) => present().outside.send(...given) }

const notHere = async () => {
  throw new Error('no flow of these tests has to do with this service')
}

/** With which the routes of the tests seal what functions open. */
const cursorKey = 'cursor key of the tests'

/** More than ever run at once. */
const containers = Array.from({ length: 16 }, (_, n) => n)

/** A function file by itself; what it imports is shared. */
const inContainer = async (name: string, container: number): Promise<Handler> =>
  (await import(/* @vite-ignore */ `../../../../functions/${name}.ts?container=${container}`)).handler

/**
 * The functions as they are deployed, file by file, each wired by itself; only what lies outside is exchanged: table,
 * SQS, mail service. Time and chance are those of the cloud.
 */
export const loadFunctions = async (): Promise<Handlers> => {
  process.env[environmentNames.cursorKey] = cursorKey
  for (const one of triggers) {
    if (one.kind === 'queue') process.env[queueUrlVariable(one.queue)] = queueUrlOf(one.queue)
  }
  vi.doMock('../../../../shared/world/table.ts', () => ({ table: presentTable }))
  vi.doMock('../../../../shared/world/mailer.ts', () => ({ mailer: () => mailer }))
  vi.doMock('../../../../shared/world/accounts.ts', () => ({ accounts: () => ({ remove: notHere }) }))
  vi.doMock('../../../../shared/world/objectStore.ts', () => ({
    objects: () => ({ remove: async () => undefined }),
    parts: () => ({ write: notHere, remove: notHere }),
  }))
  vi.doMock('../../../../shared/world/egress/egress.ts', () => ({
    egress: (): Egress => ({ post: (request) => present().outside.post(request) }),
  }))
  // What fails is meant to, thousands of times.
  vi.doMock('../../../../shared/events/log.ts', () => ({ eventLog: () => undefined }))
  vi.doMock('@aws-sdk/client-sqs', async (original) => ({
    ...(await original<typeof import('@aws-sdk/client-sqs')>()),
    SQSClient: class {
      send({ input }: SendMessageBatchCommand) {
        return present().sendBatch(input)
      }
    },
  }))
  // Whatever the test itself has loaded, with the log as it is.
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['Date'] })
  const wait = globalThis.setTimeout
  vi.stubGlobal('setTimeout', (run: () => void, milliseconds = 0) =>
    around?.fns.present() === undefined ? wait(run, milliseconds) : around.time.after(milliseconds, run),
  )
  takeChanceFrom(() => around?.fns.random)
  const loaded = await Promise.all(
    triggers.map(
      async ({ name }) => [name, await Promise.all(containers.map((n) => inContainer(name, n)))] as const,
    ),
  )
  return Object.fromEntries(loaded)
}

export const unloadFunctions = (): void => {
  giveChanceBack()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.resetModules()
}
