import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, startEngine } from '../support/engine.ts'
import { type Meter, meterOn } from '../support/meter.ts'

let engine: Engine
let meter: Meter

beforeAll(async () => {
  engine = await startEngine()
  meter = meterOn(engine.client)
})
afterAll(() => engine.close())

const item = (SK: string, content: Record<string, unknown> = {}) => ({ PK: 'meter', SK, ...content })
const costOf = async (block: () => Promise<unknown>) => (await meter.measure(block)).cost

test('what travels together is one round trip, what waits is another', async () => {
  const { depth, calls } = await costOf(async () => {
    await Promise.all([engine.table.put(item('a')), engine.table.put(item('b'))])
    await engine.table.get(item('a'))
  })
  expect({ depth, calls }).toEqual({ depth: 2, calls: 3 })
})

test('a chain counts though something else runs beside it all the time', async () => {
  const { depth } = await costOf(() =>
    Promise.all([
      engine.table.put(item('beside')),
      engine.table
        .put(item('a'))
        .then(() => engine.table.put(item('b')))
        .then(() => engine.table.put(item('c'))),
    ]),
  )
  expect(depth).toBe(3)
})

test('units follow DynamoDB’s rules: by the KiB, indexes included, transactions twice', async () => {
  const listed = { list: 'l', createdKey: 'c1', title: 't' }
  const writes = async (block: () => Promise<unknown>) => (await costOf(block)).writeUnits
  expect(await writes(() => engine.table.put(item('big', { text: 'x'.repeat(2_500) })))).toBe(3)
  expect(await writes(() => engine.table.put(item('listed', listed)))).toBe(2)
  // A new sort key takes the entry out of the index and puts it back in.
  expect(await writes(() => engine.table.put(item('listed', { ...listed, createdKey: 'c2' })))).toBe(3)
  expect(await writes(() => engine.table.transact([{ put: item('t1') }, { put: item('t2') }]))).toBe(4)
  const read = await costOf(() =>
    Promise.all([engine.table.get(item('big')), engine.table.get(item('none'))]),
  )
  expect([read.calls, read.readUnits, read.writeUnits]).toEqual([1, 2, 0])
})

test('a refused write is noted as one whose cost is not known', async () => {
  await engine.table.put(item('there'))
  const { failed, trace } = await costOf(() => engine.table.put(item('there'), { absent: true }))
  expect([failed, trace]).toEqual([1, ['1: PutItem failed']])
})

test('outside a measured block nothing is counted, and two blocks do not mix', async () => {
  await engine.table.put(item('before'))
  expect((await costOf(async () => undefined)).calls).toBe(0)
  const first = meter.measure(() => engine.table.put(item('first')))
  await expect(meter.measure(async () => undefined)).rejects.toThrow('one block at a time')
  expect((await first).cost.calls).toBe(1)
})
