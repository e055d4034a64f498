import { beforeEach, describe, expect, test } from 'vitest'
import type { ProblemCode } from '../../../../shared/api/problems.ts'
import type { Throttle } from '../../../../shared/api/throttles.ts'
import { bucketStore } from '../../../../shared/data/stores/throttle.ts'
import { Failure } from '../../../../shared/domain/failure.ts'
import { type Pace, paceWith } from '../../../../shared/domain/throttle/pace.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { start } from '../support/builders.ts'

const throttle: Throttle = {
  purpose: 'password',
  account: { burst: 2, everySeconds: 60 },
  address: { burst: 3, everySeconds: 10 },
  counts: 'failures',
}
const ana = { account: 'ana@example.com', address: '192.0.2.1', now: start }

let memory: ReturnType<typeof memoryTable>
let pace: Pace
beforeEach(() => {
  memory = memoryTable()
  pace = paceWith(bucketStore(memory.table), { key: 'key', addressFactor: 1 })
})

const failing = (code: ProblemCode) => async () => {
  throw new Failure(code)
}
const succeeding = async () => ({ body: 'done' })
const refusalOf = async (attempt: Promise<unknown>): Promise<Failure> => {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Failure)) throw new Error(`not refused: ${String(error)}`)
  return error
}
/** Codes of the refusals of attempts, one after the other. */
const codes = async (attempts: readonly (() => Promise<unknown>)[]): Promise<string[]> => {
  const found: string[] = []
  for (const attempt of attempts) found.push((await refusalOf(attempt())).code)
  return found
}
const wrong = (changes: Partial<typeof ana> = {}, how = throttle) =>
  pace(how, { ...ana, ...changes }, failing('wrong-credentials'))

describe('attempts that fail', () => {
  test('at one account, wherever they come from, are refused once its limit is reached', async () => {
    const from = (n: number) => () => wrong({ address: `192.0.2.${n}` })
    const tried = await codes([from(1), from(2), from(3)])
    expect(tried).toEqual(['wrong-credentials', 'wrong-credentials', 'too-many-requests'])
  })

  test('from one address, at whatever accounts, are refused once its limit is reached', async () => {
    const at = (account: string) => () => wrong({ account })
    const tried = await codes(['a', 'b', 'c', 'd'].map(at))
    expect(tried.slice(-2)).toEqual(['wrong-credentials', 'too-many-requests'])
    expect((await refusalOf(wrong({ account: 'e', address: '192.0.2.2' }))).code).toBe('wrong-credentials')
  })

  test('are not made once the limit is reached, and again after the time that is told', async () => {
    let made = 0
    const attempt = (now: number) =>
      pace(throttle, { ...ana, address: `192.0.2.${made}`, now }, async () => {
        made++
        throw new Failure('wrong-credentials')
      })
    await codes([() => attempt(start), () => attempt(start)])
    const { retryAfterSeconds = 0, standings } = await refusalOf(attempt(start))
    expect([made, retryAfterSeconds]).toEqual([2, 60])
    expect(standings.at(-1)).toMatchObject({ name: 'account', isRefused: true, remaining: 0 })
    await refusalOf(attempt(start + retryAfterSeconds * 1000 - 1))
    expect(made).toBe(2)
    await refusalOf(attempt(start + retryAfterSeconds * 1000))
    expect(made).toBe(3)
  })

  test('by surprise count as well', async () => {
    const broken = () =>
      pace(throttle, ana, async () => {
        throw new Error('the pool does not answer')
      })
    await expect(broken()).rejects.toThrow('the pool')
    await expect(broken()).rejects.toThrow('the pool')
    expect((await refusalOf(broken())).code).toBe('too-many-requests')
  })

  test('for the form of the request do not count', async () => {
    const ofForm = () => pace(throttle, ana, failing('invalid-password'))
    expect(await codes(Array.from({ length: 9 }, () => ofForm))).toEqual(Array(9).fill('invalid-password'))
    expect(await codes([() => wrong(), () => wrong()])).not.toContain('too-many-requests')
  })

  test('at something of another purpose have limits of their own', async () => {
    await codes([() => wrong(), () => wrong(), () => wrong()])
    expect((await refusalOf(wrong({}, { ...throttle, purpose: 'code' }))).code).toBe('wrong-credentials')
  })
})

describe('a success', () => {
  test('is not counted, however many there are', async () => {
    for (let n = 0; n < 20; n++) {
      const { standings } = await pace(throttle, ana, succeeding)
      expect(standings?.map(({ remaining }) => remaining)).toEqual([3, 2])
    }
  })

  test('gives nothing back of the failures before it, neither of its account nor of its address', async () => {
    await refusalOf(wrong())
    const { standings } = await pace(throttle, ana, succeeding)
    expect(standings?.map(({ remaining }) => remaining)).toEqual([2, 1])
    const other = await pace(throttle, { ...ana, account: 'bob@example.com' }, succeeding)
    expect(other.standings?.map(({ remaining }) => remaining)).toEqual([2, 2])
    expect(await codes([() => wrong(), () => wrong()])).toEqual(['wrong-credentials', 'too-many-requests'])
  })

  test('counts where everything does', async () => {
    const mail = () => pace({ ...throttle, counts: 'all' }, ana, succeeding)
    await mail()
    await mail()
    expect((await refusalOf(mail())).code).toBe('too-many-requests')
  })

  test('stays one where it cannot be taken out of the count', async () => {
    const { table } = memory
    const buckets = bucketStore(table)
    const forgetful = paceWith(
      { ...buckets, giveBack: async () => Promise.reject(new Error('no table')) },
      { key: 'key', addressFactor: 1 },
    )
    expect((await forgetful(throttle, ana, succeeding)).body).toBe('done')
  })
})

test('what is refused by address takes nothing from the account', async () => {
  await codes(['a', 'b', 'c'].map((account) => () => wrong({ account })))
  for (let n = 0; n < 5; n++) expect((await refusalOf(wrong())).code).toBe('too-many-requests')
  expect((await refusalOf(wrong({ address: '192.0.2.2' }))).code).toBe('wrong-credentials')
})

test('more is let through by address where a deployment says so, and no more by account', async () => {
  const wide = paceWith(bucketStore(memory.table), { key: 'key', addressFactor: 2 })
  const at = (account: string) => () => wide(throttle, { ...ana, account }, failing('wrong-credentials'))
  const tried = await codes(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(at))
  expect(tried.filter((code) => code === 'wrong-credentials')).toHaveLength(6)
  const other = { ...ana, address: '192.0.2.9' }
  const same = () => wide(throttle, other, failing('wrong-credentials'))
  expect(await codes([same, same, same])).toEqual([
    'wrong-credentials',
    'wrong-credentials',
    'too-many-requests',
  ])
})

test('nothing that is kept says whose account or which address it was', async () => {
  await refusalOf(wrong())
  const kept = JSON.stringify([...memory.items])
  expect(memory.items.size).toBe(2)
  expect(kept).not.toMatch(/ana|example|192\.0/)
  const elsewhere = memoryTable()
  const other = paceWith(bucketStore(elsewhere.table), { key: 'other key', addressFactor: 1 })
  await refusalOf(other(throttle, ana, failing('wrong-credentials')))
  for (const name of elsewhere.items.keys()) expect(memory.items.has(name)).toBe(false)
})
