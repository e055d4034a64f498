import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { waitingStore } from '../../../shared/data/stores/waiting.ts'
import { workspaceCodec } from '../../../shared/data/stores/workspacesByKey.ts'
import type { SendWorld } from '../../../shared/domain/notices/send.ts'
import type { Consequences } from '../../../shared/domain/pipeline/consequences.ts'
import type { ConsumerWorld } from '../../../shared/domain/pipeline/consume.ts'
import type { Derived } from '../../../shared/domain/pipeline/derived.ts'
import { onQueue } from '../../../shared/events/onQueue.ts'
import { onSchedule } from '../../../shared/events/onSchedule.ts'
import { onStream } from '../../../shared/events/onStream.ts'
import { changeOf } from '../../../shared/events/records.ts'
import { memoryTable } from '../data/support/memoryTable.ts'
import { aPerson, aWorkspace, iso, start, userOf } from '../domain/support/builders.ts'
import { noUpkeeps } from '../domain/support/noUpkeeps.ts'
import { factsOf, memoryLedger } from '../domain/support/pipelineFakes.ts'

let written: string[] = []
beforeEach(() => {
  written = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})
afterEach(() => void vi.restoreAllMocks())

const record = (sequence: string, before?: object, after?: object): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: sequence,
    ...(before && { OldImage: marshall(before) as never }),
    ...(after && { NewImage: marshall(after) as never }),
  },
})
const renamed = (n: number) =>
  record(
    `s${n}`,
    workspaceCodec.encode(aWorkspace()),
    workspaceCodec.encode(aWorkspace({ name: `Acme ${n}` })),
  )

describe('the stream consumer', () => {
  const worldOf = (isPoison: (name: string) => boolean) => {
    const done: string[] = []
    const derived = {
      apply: async (_: string, __: readonly Consequences[]) => {},
      copyWorkspaceName: async ({ name }: { name: string }) => {
        if (isPoison(name)) throw new Error('zq7 somebody@example.com')
        done.push(name)
      },
    } as unknown as Derived
    const stores = { workspaces: { workspace: async () => undefined } }
    const queue = { send: async () => {} }
    const world = { derived, stores, queue, upkeeps: noUpkeeps } as unknown as ConsumerWorld
    return { done, handle: onStream(world) }
  }

  test('takes a good batch at once', async () => {
    const { done, handle } = worldOf(() => false)
    expect(await handle({ Records: [renamed(1), renamed(2)] })).toEqual({ batchItemFailures: [] })
    expect(done).toEqual(['Acme 1', 'Acme 2'])
    expect(written).toEqual([])
  })

  test('names the first record that cannot be consumed; those before it are done, later ones of its item wait', async () => {
    const { done, handle } = worldOf((name) => name === 'Acme 2')
    const result = await handle({ Records: [renamed(1), renamed(2), renamed(3)] })
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 's2' }] })
    expect(done).not.toContain('Acme 3')
    expect(done).toContain('Acme 1')
    expect(written.join()).not.toMatch(/zq7|example\.com/)
    expect(written.every((line) => JSON.parse(line).level === 'error')).toBe(true)
  })

  test('parks what it cannot read instead of passing it over', async () => {
    const { handle } = worldOf(() => false)
    const torn = record('s2', undefined, { itemType: 'workspace' })
    const broken: DynamoDBRecord = {
      dynamodb: { SequenceNumber: 's2', NewImage: { itemType: { X: 'x' } } as never },
    }
    expect(await handle({ Records: [renamed(1), broken] })).toEqual({
      batchItemFailures: [{ itemIdentifier: 's2' }],
    })
    expect(changeOf(torn).kind).toBe('workspace')
  })

  test('what happens on the second attempt alone is no failure', async () => {
    let turns = 0
    const { handle } = worldOf(() => ++turns === 1)
    expect(await handle({ Records: [renamed(1), renamed(2)] })).toEqual({ batchItemFailures: [] })
  })

  test('kinds it does not know are others; what is dropped has only a before', () => {
    expect(changeOf(record('s', undefined, { itemType: 'rollup' }))).toEqual({ kind: 'other' })
    expect(changeOf(record('s', undefined, {}))).toEqual({ kind: 'other' })
    expect(changeOf({})).toEqual({ kind: 'other' })
    const dropped = changeOf(record('s', workspaceCodec.encode(aWorkspace())))
    expect(dropped).toEqual({ kind: 'workspace', before: aWorkspace() })
  })
})

describe('the notification worker', () => {
  const message = (messageId: string, body: unknown) =>
    ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) }) as SQSRecord
  const worldOf = (send: () => Promise<string>): SendWorld => ({
    facts: factsOf({ people: [aPerson(), aPerson({ id: userOf('ben') })] }),
    ledger: memoryLedger().ledger,
    waiting: waitingStore(memoryTable().table),
    mailer: { send },
    now: () => iso(start),
    newClaim: () => 'claim',
  })

  test('answers with those messages that are to come again, and only those', async () => {
    const welcome = { kind: 'welcome', userId: userOf('ana'), at: '2026-11-21T09:00:00.000Z' }
    const handle = onQueue(worldOf(async () => 'id'))
    const Records = [
      message('good', welcome),
      message('torn', '{"kind"'),
      message('odd', { ...welcome, more: 1 }),
    ]
    expect(await handle({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'torn' }, { itemIdentifier: 'odd' }],
    })
  })

  test('keeps what fails, and logs neither message nor address', async () => {
    const handle = onQueue(
      worldOf(() => Promise.reject(new Error('zq7 ana@example.com\n    at zq7 (x:1:1)'))),
    )
    const Records = [
      message('m1', { kind: 'welcome', userId: userOf('ana'), at: '2026-11-21T09:00:00.000Z' }),
    ]
    expect(await handle({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] })
    expect(written).toHaveLength(1)
    expect(written[0]).not.toMatch(/zq7|example\.com/)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      level: 'error',
      event: 'notice.failed',
      messageId: 'm1',
    })
  })
})

describe('the minute', () => {
  test('sweeps up to now and says how much, when there was something', async () => {
    const asked: string[] = []
    const finding = (some: number) => async (now: string) => {
      asked.push(now)
      return some
    }
    const whole = { part: 0, parts: 1 }
    const context = { functionName: 'sweep' }
    await onSchedule('reminders.swept', finding(0), () => start)(whole, context)
    expect(written).toEqual([])
    await onSchedule('reminders.swept', finding(3), () => start)(whole, context)
    expect(asked).toEqual([iso(start), iso(start)])
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ event: 'reminders.swept', count: 3, level: 'info' })
  })
})
