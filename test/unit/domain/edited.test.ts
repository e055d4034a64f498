import { describe, expect, test } from 'vitest'
import { differs, edit, made } from '../../../shared/domain/edited.ts'
import { Failure } from '../../../shared/domain/failure.ts'

interface Thing {
  readonly name: string
  readonly version: number
}
const thing: Thing = { name: 'a', version: 1 }
const rename = (name: string) => (present: Thing) =>
  present.name === name ? present : { name, version: present.version + 1 }

/** A store of one thing; `rivals` write first, one before each attempt. */
const storeOf = (first: Thing | undefined, rivals: (Thing | undefined)[] = []) => {
  let present = first
  let writes = 0
  return {
    present: () => present,
    writes: () => writes,
    write: async (next: Thing) => {
      if (rivals.length > 0) present = rivals.shift()
      writes += 1
      if (present?.version !== next.version - 1) return { won: false as const, present }
      present = next
      return { won: true as const }
    },
  }
}

describe('editing a small resource', () => {
  test('without If-Match the last writer wins, on top of what others wrote', async () => {
    const store = storeOf(thing, [{ name: 'b', version: 2 }])
    expect(await edit(thing, undefined, rename('c'), store.write)).toEqual({ name: 'c', version: 3 })
    expect(store.present()).toEqual({ name: 'c', version: 3 })
  })

  test('a stale version is refused before anything is written, and says the present one', async () => {
    const store = storeOf({ name: 'b', version: 2 })
    await expect(edit({ name: 'b', version: 2 }, 1, rename('c'), store.write)).rejects.toMatchObject({
      code: 'precondition-failed',
      extra: { version: 2 },
    })
    expect(store.writes()).toBe(0)
  })

  test('a version that goes stale while writing is refused', async () => {
    const store = storeOf(thing, [{ name: 'b', version: 2 }])
    await expect(edit(thing, 1, rename('c'), store.write)).rejects.toMatchObject({
      code: 'precondition-failed',
    })
    expect(store.present()).toEqual({ name: 'b', version: 2 })
  })

  test('what changes nothing writes nothing', async () => {
    const store = storeOf(thing)
    expect(await edit(thing, 1, rename('a'), store.write)).toBe(thing)
    expect(store.writes()).toBe(0)
  })

  test('what has gone is not found, and endless rivals end', async () => {
    await expect(edit(thing, undefined, rename('c'), storeOf(undefined).write)).rejects.toMatchObject({
      code: 'not-found',
    })
    const rivals = Array.from({ length: 1000 }, (_, n) => ({ name: `r${n}`, version: n + 100 }))
    const store = storeOf(thing, rivals)
    await expect(edit(thing, undefined, rename('c'), store.write)).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(store.writes()).toBeLessThan(100)
  })
})

test('a patch differs by what it gives, not by what it leaves out', () => {
  expect(differs(thing, {})).toBe(false)
  expect(differs(thing, { name: 'a' })).toBe(false)
  expect(differs(thing, { name: 'b' })).toBe(true)
  expect(differs({ name: 'a' as string | undefined }, { name: undefined })).toBe(false)
})

describe('what a creation made', () => {
  const mark = { key: 'k', payload: 'p' }
  const clash = () => new Failure('conflict')
  const ran = (payload: string) => ({
    won: false as const,
    ran: { payload, entity: { name: 'first', version: 1 } },
  })

  test('is the new one, or that of the first run', () => {
    expect(made({ won: true }, thing, mark, clash)).toBe(thing)
    expect(made(ran('p'), thing, mark, clash)).toEqual({ name: 'first', version: 1 })
  })

  test('is refused for another payload, and for anything else in the way', () => {
    const refusal = (run: () => Thing) => {
      try {
        return run()
      } catch (error) {
        return (error as Failure).code
      }
    }
    expect(refusal(() => made(ran('q'), thing, mark, clash))).toBe('idempotency-mismatch')
    expect(refusal(() => made({ won: false, ran: undefined }, thing, mark, clash))).toBe('conflict')
    expect(refusal(() => made({ won: false, ran: undefined }, thing, null, clash))).toBe('conflict')
  })
})
