import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { noticeIdOf } from '../../../../shared/domain/notices/identity.ts'
import type { LedgerRow } from '../../../../shared/domain/notices/ledger.ts'
import { type SendWorld, sendNotice, Undeliverable } from '../../../../shared/domain/notices/send.ts'
import { aPerson, iso, start, userOf } from '../support/builders.ts'
import { factsOf, memoryLedger } from '../support/pipelineFakes.ts'

const welcome: NoticeMessage = { kind: 'welcome', userId: userOf('ana'), at: iso(start) }
const second = 1000

/** A worker over a ledger in memory, with a clock and mail that may fail. */
const startWorker = (over: Partial<SendWorld> = {}) => {
  const { rows, ledger, only } = memoryLedger()
  const clock = { now: start }
  const mails: string[] = []
  let claims = 0
  const world: SendWorld = {
    facts: factsOf({ people: [aPerson()] }),
    ledger,
    mailer: {
      send: async ({ id }) => {
        mails.push(id)
        return 'ses-1'
      },
    },
    now: () => iso(clock.now),
    newClaim: () => `claim-${++claims}`,
    ...over,
  }
  return { rows, only, clock, mails, world, send: () => sendNotice(welcome, world) }
}
const failing = (error: Error) => ({ mailer: { send: () => Promise.reject(error) } })

describe('sending a notice', () => {
  test('sends one mail and settles its row, however often it is delivered', async () => {
    const worker = startWorker()
    for (let n = 0; n < 3; n++) expect(await worker.send()).toBe(true)
    expect(worker.mails).toEqual([noticeIdOf(welcome)])
    expect([...worker.rows.values()]).toEqual([
      expect.objectContaining({
        state: 'sent',
        messageId: 'ses-1',
        sentAt: iso(start),
        attempts: 1,
        reason: null,
        userId: userOf('ana'),
        workspaceId: null,
      }),
    ])
  })

  test('of parallel deliveries one sends; the others are told to come again', async () => {
    const worker = startWorker()
    const results = await Promise.all(Array.from({ length: 10 }, worker.send))
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(worker.mails).toHaveLength(1)
    expect(await worker.send()).toBe(true)
  })

  test('leaves what another attempt holds, and takes over the moment its claim ends', async () => {
    const worker = startWorker()
    const broken = startWorker(failing(new Error('no line')))
    await expect(sendNotice(welcome, { ...broken.world, ledger: worker.world.ledger })).rejects.toThrow(
      'no line',
    )
    expect(worker.only()).toMatchObject({
      state: 'claimed',
      attempts: 1,
      claimedUntil: iso(start + 60 * second),
    })
    worker.clock.now = start + 60 * second - 1
    expect(await worker.send()).toBe(false)
    expect(worker.mails).toEqual([])
    worker.clock.now = start + 60 * second
    expect(await worker.send()).toBe(true)
    expect(worker.only()).toMatchObject({ state: 'sent', attempts: 2 })
    expect(worker.mails).toHaveLength(1)
  })

  test('what the service refuses for good has failed, and is not tried again', async () => {
    const worker = startWorker(failing(new Undeliverable('no such mailbox')))
    expect(await worker.send()).toBe(true)
    expect(worker.only()).toMatchObject({
      state: 'failed',
      reason: 'refused by the mail service',
      sentAt: null,
    })
    const second = startWorker({ ledger: worker.world.ledger })
    expect(await second.send()).toBe(true)
    expect(second.mails).toEqual([])
  })

  test('what is not to be told any more is suppressed, with the reason, for good', async () => {
    const worker = startWorker({ facts: factsOf({ people: [] }) })
    expect(await worker.send()).toBe(true)
    expect(worker.only()).toMatchObject({
      state: 'suppressed',
      reason: 'the account is not open',
      messageId: null,
    })
    const late = startWorker({ ledger: worker.world.ledger })
    expect(await late.send()).toBe(true)
    expect(late.mails).toEqual([])
  })

  test('is not suppressed under an attempt that is under way', async () => {
    const { ledger, only } = memoryLedger()
    const row = { id: noticeIdOf(welcome), claim: 'other', state: 'claimed', claimedUntil: iso(start + 1) }
    await ledger.write(row as LedgerRow, undefined)
    const worker = startWorker({ ledger, facts: factsOf({ people: [] }) })
    expect(await worker.send()).toBe(false)
    expect(only()).toEqual(row)
  })

  test('a claim whose answer got lost on the way is still ours', async () => {
    const { ledger, only } = memoryLedger()
    let answers = 0
    const deaf: SendWorld['ledger'] = {
      ...ledger,
      write: async (row, seen) => {
        const result = await ledger.write(row, seen)
        // The client's own second attempt meets what its first one wrote.
        answers += 1
        return answers === 1 ? { won: false, present: row } : result
      },
    }
    const worker = startWorker({ ledger: deaf })
    expect(await worker.send()).toBe(true)
    expect(worker.mails).toHaveLength(1)
    expect(only()).toMatchObject({ state: 'sent' })
  })
})
