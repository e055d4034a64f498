import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Budget } from '../../shared/api/declaration.ts'

/** One operation as the client sent it. `start` and `end` are ticks of one counter, so that no two are equal. */
interface Sent {
  readonly operation: string
  readonly start: number
  readonly end: number
  /** HTTP requests it took: more than one after retries. */
  readonly attempts: number
  /** Capacity units, indexes included. An operation that failed tells none. */
  readonly units: number
  readonly failed: boolean
}

/** What a block sent to DynamoDB. */
export interface Cost extends Budget {
  /** Operations that failed, refused conditions among them: DynamoDB bills those and does not say how much. */
  readonly failed: number
  /** One line for each operation in the order of their starts, for people who ask why. */
  readonly trace: readonly string[]
}

const isWrite = (operation: string): boolean =>
  /^(Put|Update|Delete|BatchWrite|TransactWrite)/.test(operation)

const unitsOf = (consumed: ConsumedCapacity | readonly ConsumedCapacity[] | undefined): number =>
  [consumed ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** Longest chain of operations each of which started after the end of the one before it, at each operation. */
const levels = (all: readonly Sent[]): number[] => {
  const found: number[] = []
  for (const { start } of all) {
    const before = found.filter((_, index) => (all[index]?.end ?? start) < start)
    found.push(1 + Math.max(0, ...before))
  }
  return found
}

const costOf = (sent: readonly Sent[]): Cost => {
  const all = sent.toSorted((a, b) => a.start - b.start)
  const depths = levels(all)
  const units = (kind: boolean) =>
    sum(all.filter(({ operation }) => isWrite(operation) === kind).map((one) => one.units))
  return {
    depth: Math.max(0, ...depths),
    calls: sum(all.map(({ attempts }) => attempts)),
    readUnits: units(false),
    writeUnits: units(true),
    failed: all.filter(({ failed }) => failed).length,
    trace: all.map(
      ({ operation, units, failed }, index) =>
        `${depths[index]}: ${operation} ${failed ? 'failed' : `${units} units`}`,
    ),
  }
}

/** DynamoDB says what an operation consumed when it is asked to. */
const asking = { ReturnConsumedCapacity: 'INDEXES' }

/**
 * Measures what blocks of code send through a client. Operations that overlap in time count as one round trip,
 * one that starts after another has ended as a further one. One block at a time.
 */
export const meterOn = (client: DynamoDBClient) => {
  let sent: Sent[] | undefined
  let tick = 0
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const into = sent
      if (into === undefined) return next(args)
      const operation = String(context.commandName).replace(/Command$/, '')
      const start = ++tick
      const note = (attempts: number | undefined, units: number, failed: boolean) =>
        into.push({ operation, start, end: ++tick, attempts: attempts ?? 1, units, failed })
      try {
        const result = await next({ ...args, input: { ...args.input, ...asking } })
        const { ConsumedCapacity: consumed, $metadata } = result.output as {
          ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[]
          $metadata: { attempts?: number }
        }
        note($metadata.attempts, unitsOf(consumed), false)
        return result
      } catch (error) {
        note((error as { $metadata?: { attempts?: number } }).$metadata?.attempts, 0, true)
        throw error
      }
    },
    { step: 'initialize', name: 'meter' },
  )
  return {
    measure: async <T>(block: () => Promise<T>): Promise<{ result: T; cost: Cost }> => {
      if (sent !== undefined) throw new Error('the meter measures one block at a time')
      const mine: Sent[] = []
      sent = mine
      try {
        const result = await block()
        return { result, cost: costOf(mine) }
      } finally {
        sent = undefined
      }
    },
  }
}
export type Meter = ReturnType<typeof meterOn>
