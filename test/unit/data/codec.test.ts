import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codec, transacted, ttlOf } from '../../../shared/data/codec.ts'
import { create } from '../../../shared/data/creation.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { personCodec } from '../../../shared/data/stores/peopleByKey.ts'
import { decodeTask, taskStore } from '../../../shared/data/stores/tasks.ts'
import { invitationCodec } from '../../../shared/data/stores/workspaces.ts'
import { memberCodec, workspaceCodec } from '../../../shared/data/stores/workspacesByKey.ts'
import type { LedgerRow } from '../../../shared/domain/notices/ledger.ts'
import { asFailure } from '../../../shared/http/problem.ts'
import * as arbitrary from '../domain/support/arbitraries.ts'
import {
  aMember,
  anInvitation,
  aPerson,
  aWorkspace,
  iso,
  start,
  userOf,
  workspaceId,
} from '../domain/support/builders.ts'
import { memoryTable } from './support/memoryTable.ts'

describe('items', () => {
  test('become the very entity again, with nothing of keys and indexes', async () => {
    const { table, items } = memoryTable()
    await fc.assert(
      fc.asyncProperty(arbitrary.task, async (task) => {
        items.clear()
        await taskStore(table).add(task)
        expect(decodeTask([...items.values()][0] ?? {})).toEqual(task)
      }),
    )
    for (const person of [aPerson(), aPerson({ state: 'unconfirmed', keptSession: 's' })]) {
      expect(personCodec.decode(personCodec.encode(person))).toEqual(person)
    }
    expect(memberCodec.decode(memberCodec.encode(aMember()))).toEqual(aMember())
    expect(workspaceCodec.decode(workspaceCodec.encode(aWorkspace()))).toEqual(aWorkspace())
    expect(invitationCodec.decode(invitationCodec.encode(anInvitation()))).toEqual(anInvitation())
  })

  test('of another kind are not read as this one', () => {
    expect(() => memberCodec.decode(workspaceCodec.encode(aWorkspace()))).toThrow(
      'expected an item of type member',
    )
    expect(() => memberCodec.decode({})).toThrow()
  })

  test('an entity cannot choose its own key or kind', () => {
    const things = codec<{ name: string }>('thing', ({ name }) => ({ PK: `T#${name}`, SK: 'T' }))
    const hostile = { name: 'a', PK: 'USR#victim', SK: 'USR', itemType: 'person' }
    expect(things.encode(hostile)).toMatchObject({ PK: 'T#a', SK: 'T', itemType: 'thing' })
  })

  test('are dropped after their instant, never before', () => {
    expect(ttlOf('2026-11-21T09:00:00.000Z')).toBe(start / 1000)
    expect(ttlOf('2026-11-21T09:00:00.001Z')).toBe(start / 1000 + 1)
    expect(personCodec.encode(aPerson())).not.toHaveProperty('ttl')
    expect(personCodec.encode(aPerson({ state: 'unconfirmed' })).ttl).toBe(start / 1000 + 7 * 86_400)
  })
})

describe('a transaction', () => {
  const decode = (item: Record<string, unknown>) => item

  test('that only met others runs again, and not for ever', async () => {
    let turns = 0
    const third = async () =>
      ++turns < 3 ? { won: false as const, lost: [undefined] } : { won: true as const }
    expect(await transacted(third, decode)).toEqual({ won: true })
    turns = -1e9
    const error = await transacted(third, decode).catch((reason: unknown) => reason)
    expect(asFailure(error).code).toBe('unavailable')
    expect(turns).toBeLessThan(-1e9 + 20)
  })

  test('that lost says what stood in the way of the write that matters', async () => {
    const item = { PK: 'p', SK: 's', n: 1 }
    const lost = async () => ({ won: false as const, lost: [undefined, { present: item }] })
    expect(await transacted(lost, decode, 1)).toEqual({ won: false, present: item })
    expect(await transacted(lost, decode)).toEqual({ won: false, present: undefined })
  })
})

describe('a creation under an Idempotency-Key', () => {
  const thing = { PK: 'T', SK: 'T', itemType: 'thing' }
  const creation = (payload: string | null, name = 'first') => ({
    writes: [{ put: thing, condition: { absent: true } as const }],
    entity: { name },
    userId: userOf('ana'),
    mark: payload === null ? null : { key: 'k', payload },
    now: iso(start),
  })

  test('is remembered with what it made, for a day', async () => {
    const { table, items } = memoryTable()
    expect(await create(table, creation('p'))).toEqual({ won: true })
    const ran = { payload: 'p', entity: { name: 'first' } }
    expect(await create(table, creation('p', 'second'))).toEqual({ won: false, ran })
    expect(await create(table, creation('q', 'second'))).toEqual({ won: false, ran })
    const memory = [...items.values()].find(({ itemType }) => itemType === 'request')
    expect(memory?.ttl).toBe(start / 1000 + 86_400)
  })

  test('is remembered only together with what it made', async () => {
    const { table, items } = memoryTable()
    await table.put(thing)
    expect(await create(table, creation('p'))).toEqual({ won: false, ran: undefined })
    expect(await create(table, creation(null))).toEqual({ won: false, ran: undefined })
    expect(items.size).toBe(1)
  })
})

describe('the ledger', () => {
  const row = (version: number) =>
    ({ id: 'n', workspaceId, userId: userOf('ana'), createdAt: iso(start), version }) as LedgerRow

  test('is written by whoever saw the row as it is, and by nobody else', async () => {
    const ledger = ledgerStore(memoryTable().table)
    expect(await ledger.write(row(1))).toEqual({ won: true })
    expect(await ledger.write(row(1))).toEqual({ won: false, present: row(1) })
    expect(await ledger.write(row(3))).toMatchObject({ won: false })
    expect(await ledger.write(row(2))).toEqual({ won: true })
    expect(await ledger.row(row(0))).toEqual(row(2))
  })

  test('keeps notices of people apart from those of workspaces', async () => {
    const { table, items } = memoryTable()
    const ledger = ledgerStore(table)
    await ledger.write({ ...row(1), workspaceId: null })
    expect(await ledger.row(row(1))).toBeUndefined()
    expect([...items.values()][0]?.PK).toBe(`USR#${userOf('ana')}`)
  })
})
