import { describe, expect, test } from 'vitest'
import { heeding } from '../../../../shared/domain/mail/heeding.ts'
import { lift, type Suppression, suppress } from '../../../../shared/domain/mail/suppression.ts'
import { Withheld } from '../../../../shared/domain/notices/mailer.ts'
import { memorySuppressions } from '../support/suppressions.ts'

const address = 'ana@example.com'
const day = (n: number) => new Date(Date.UTC(2026, 4, n)).toISOString()
const bounced = (n: number) => ({ cause: 'bounced', at: day(n) }) as const
const complained = (n: number) => ({ cause: 'complained', at: day(n) }) as const

/** What stands after these, one after the other. */
const stateAfter = async (...facts: (Pick<Suppression, 'cause' | 'at'> | { readonly lift: string })[]) => {
  const { suppressions, all } = memorySuppressions()
  for (const fact of facts) {
    if ('lift' in fact) await lift(address, fact.lift, suppressions)
    else await suppress(address, fact, suppressions)
  }
  return all.get(address)
}

describe('an address that refuses our mails', () => {
  test('gets none any more, and the same event twice is one', async () => {
    const once = await stateAfter(bounced(1))
    expect(once).toEqual({ cause: 'bounced', at: day(1), liftedAt: null, version: 1 })
    expect(await stateAfter(bounced(1), bounced(1))).toEqual(once)
    expect(await stateAfter(bounced(2), bounced(1))).toMatchObject({ at: day(2), version: 1 })
  })

  test('stays reported as spam when a mail bounces as well', async () => {
    for (const facts of [
      [complained(1), bounced(2)],
      [bounced(2), complained(1)],
    ])
      expect(await stateAfter(...facts)).toMatchObject({ cause: 'complained', at: day(1) })
  })

  test('is taken up again after a bounce at once, after a complaint only when seven days have passed', async () => {
    expect(await stateAfter(bounced(1), { lift: day(1) })).toMatchObject({ liftedAt: day(1) })
    expect(await stateAfter(complained(1), { lift: day(7) })).toMatchObject({ liftedAt: null })
    expect(await stateAfter(complained(1), { lift: day(8) })).toMatchObject({ liftedAt: day(8) })
  })

  test('is not refused again by what had happened before, but by what happens after', async () => {
    const lifted = await stateAfter(bounced(1), { lift: day(3) })
    for (const late of [bounced(1), bounced(3), complained(2)])
      expect(await stateAfter(bounced(1), { lift: day(3) }, late)).toEqual(lifted)
    expect(await stateAfter(bounced(1), { lift: day(3) }, bounced(4))).toMatchObject({
      at: day(4),
      liftedAt: null,
    })
  })

  test('has nothing written for it when there is nothing to take up', async () => {
    expect(await stateAfter({ lift: day(1) })).toBeUndefined()
    expect(await stateAfter(bounced(1), { lift: day(2) }, { lift: day(3) })).toMatchObject({
      liftedAt: day(2),
    })
  })

  test('is decided anew when somebody else has written meanwhile', async () => {
    const { suppressions, all } = memorySuppressions()
    const racing = {
      ...suppressions,
      suppression: async (to: string) => {
        const seen = await suppressions.suppression(to)
        if (seen === undefined) await suppress(address, complained(1), suppressions)
        return seen
      },
    }
    await suppress(address, bounced(2), racing)
    expect(all.get(address)).toMatchObject({ cause: 'complained', version: 1 })
  })
})

describe('a mailer that heeds them', () => {
  const recipient = { address, name: 'Ana', language: 'en', zone: 'UTC' } as const
  const sent: string[] = []
  const mailer = { send: async ({ id }: { id: string }) => String(sent.push(id)) }

  test('withholds with the reason, and sends to everybody else', async () => {
    const { suppressions } = memorySuppressions()
    const heeds = heeding(mailer, suppressions)
    const send = (to: string) => heeds.send({ kind: 'welcome', id: to }, { ...recipient, address: to })
    await suppress(address, bounced(1), suppressions)
    await suppress('ben@example.com', complained(1), suppressions)
    await expect(send(address)).rejects.toThrow(new Withheld('mails to this address come back'))
    await expect(send('ben@example.com')).rejects.toThrow(Withheld)
    await lift(address, day(2), suppressions)
    await send(address)
    await send('cleo@example.com')
    expect(sent).toEqual([address, 'cleo@example.com'])
  })
})
