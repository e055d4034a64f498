import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change, Condition, Item, Range, Table, Write } from '../../../shared/data/tablePort.ts'
import { trials } from '../../support/depth.ts'
import { type Engine, startEngine } from '../../support/engine.ts'
import { streamReader } from '../../support/streamReader.ts'
import { type MemoryStorage, memoryStorage } from './aws/storage.ts'

/** The table in memory that thousands of runs are made on does whatever the engine does. */
let engine: Engine
let stream: Awaited<ReturnType<typeof streamReader>>
beforeAll(async () => {
  engine = await startEngine()
  stream = await streamReader(engine)
})
afterAll(async () => {
  stream.close()
  await engine.close()
})

const partitions = ['P#a', 'P#b']
const places = ['S#1', 'S#2', 'S#3', 'T#1']

const text = fc.constantFrom('a', 'b', 'c')
const number = fc.integer({ min: -2, max: 2 })
const value = fc.oneof(
  text,
  number,
  fc.constant(null),
  fc.constant(undefined),
  fc.array(text, { maxLength: 2 }),
  fc.record({ deep: fc.oneof(number, fc.constant(undefined)) }, { noNullPrototype: true }),
)
const some = <T>(fields: Record<string, fc.Arbitrary<T>>) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Record<string, T>>
const indexed = fc.oneof(
  fc.constant({}),
  fc.record({ reminderShard: text, reminderKey: text }, { noNullPrototype: true }),
  fc.record({ person: text, personKey: text }, { noNullPrototype: true }),
  fc.record({ list: text, dueKey: text, rankKey: text }, { noNullPrototype: true }),
)
const key = fc.record(
  { PK: fc.constantFrom(...partitions), SK: fc.constantFrom(...places) },
  { noNullPrototype: true },
)
const item = fc
  .tuple(key, some({ title: value, claim: text, tags: value }), some({ count: number }), indexed)
  .map(([keys, ...rest]) => Object.assign({}, ...rest, keys) as Item)

const required: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant({ absent: true } as const),
  fc.constant({ present: true } as const),
  some<string | number>({ claim: text, count: number })
    .filter((equals) => Object.keys(equals).length > 0)
    .map((equals) => ({ equals })),
  fc.tuple(text, text).map(([claim, most]) => ({ equals: { claim }, atMost: { title: most } })),
  number.map((most) => ({ absentOrAtMost: { count: most } })),
  number.map((most) => ({ between: { count: [-1, Math.max(most, -1)] as const } })),
)
const condition = fc.option(required, { nil: undefined })
const change: fc.Arbitrary<Change> = fc
  .record({
    set: some<unknown>({ title: fc.oneof(text, number, fc.constant(null)), claim: text }),
    add: some({ count: number }),
    remove: fc.subarray(['tags', 'reminderShard', 'reminderKey']),
  })
  .map((one) => ({ ...one, set: { ...one.set, touched: 'x' } }))

const given = (when: Condition | undefined) => (when === undefined ? {} : { condition: when })
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(item, condition).map(([put, when]) => ({ put, ...given(when) })),
  fc.tuple(key, change, condition).map(([update, how, when]) => ({ update, change: how, ...given(when) })),
  fc.tuple(key, condition).map(([one, when]) => ({ delete: one, ...given(when) })),
  fc.tuple(key, required).map(([check, when]) => ({ check, condition: when })),
)
const keyOf = (one: Write) =>
  JSON.stringify(
    'put' in one
      ? [one.put.PK, one.put.SK]
      : 'update' in one
        ? [one.update.PK, one.update.SK]
        : 'delete' in one
          ? [one.delete.PK, one.delete.SK]
          : [one.check.PK, one.check.SK],
  )
const bounds = fc.oneof(
  fc.constant({}),
  fc.constantFrom('S#', 'T').map((prefix) => ({ prefix })),
  fc.constantFrom('S#1', 'S#2').map((after) => ({ prefix: 'S#', after })),
  fc.constantFrom('S#2', 'T#').map((to) => ({ to })),
  fc.constantFrom('S#3').map((before) => ({ from: 'S#1', before })),
)
const range: fc.Arbitrary<Range> = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constantFrom('P#a', 'P#b'), bounds).map(([pk, rest]) => ({ pk, ...rest })),
      fc
        .tuple(fc.constantFrom('byReminder', 'byPerson', 'byDue', 'byRank'), text)
        .map(([index, pk]) => ({ index, pk })),
      text.map((pk) => ({ index: 'byReminder' as const, pk, to: 'b~' })),
    ),
    fc.boolean(),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([of, descending, limit]) => ({ ...of, descending, limit }) as Range)

type Act = (table: Table) => Promise<unknown>
const act: fc.Arbitrary<{ readonly says: string; readonly run: Act }> = fc.oneof(
  key.map((one) => ({ says: `get ${JSON.stringify(one)}`, run: (table: Table) => table.get(one) })),
  range.map((one) => ({ says: `query ${JSON.stringify(one)}`, run: (table: Table) => table.query(one) })),
  fc.tuple(item, condition).map(([one, when]) => ({
    says: `put ${JSON.stringify([one, when])}`,
    run: (table: Table) => table.put(one, when),
  })),
  fc.tuple(key, change, condition).map(([one, how, when]) => ({
    says: `update ${JSON.stringify([one, how, when])}`,
    run: (table: Table) => table.update(one, how, when),
  })),
  fc.tuple(key, required).map(([one, when]) => ({
    says: `delete ${JSON.stringify([one, when])}`,
    run: (table: Table) => table.delete(one, when),
  })),
  fc
    .uniqueArray(write, { minLength: 1, maxLength: 4, selector: keyOf })
    .map((all) => ({ says: `transact ${JSON.stringify(all)}`, run: (table: Table) => table.transact(all) })),
)

/**
 * What the stream says, but for the numbers of its records and their times. The engine tells of writes that change
 * nothing; DynamoDB does not.
 */
const records = (all: Awaited<ReturnType<MemoryStorage['takeRecords']>>) =>
  all
    .filter(({ dynamodb }) => !isDeepStrictEqual(dynamodb?.OldImage, dynamodb?.NewImage))
    .map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys, dynamodb?.OldImage, dynamodb?.NewImage])

/** The engine with nothing in its table, and nothing new in its stream. */
const emptied = async (): Promise<Table> => {
  const { table } = engine
  for (const PK of partitions) for (const SK of places) await table.delete({ PK, SK }, { present: true })
  await stream.read()
  return table
}

test('the table in memory answers as the engine does, and its stream says the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const memory = memoryStorage({ now: () => 0, lag: () => 0, later: (_, run) => run() })
      const real = await emptied()
      for (const { says, run } of acts) {
        expect(await run(memory.table), says).toEqual(await run(real))
      }
      expect(records(await memory.takeRecords())).toEqual(records(await stream.read()))
    }),
    { numRuns: trials(240) },
  )
})
