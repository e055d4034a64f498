import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import type { OwnPreferences } from '../../../../shared/api/schemas/preferences.ts'
import { waitingStore } from '../../../../shared/data/stores/waiting.ts'
import { noticeIdOf } from '../../../../shared/domain/notices/identity.ts'
import { type LedgerRow, newRow, withMail } from '../../../../shared/domain/notices/ledger.ts'
import { Undeliverable } from '../../../../shared/domain/notices/mailer.ts'
import { type SendWorld, sendNotice } from '../../../../shared/domain/notices/send.ts'
import { stages } from '../../../../shared/domain/notices/waiting.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import {
  aMember,
  aPerson,
  aTask,
  aWorkspace,
  iso,
  projectId,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'
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
    waiting: waitingStore(memoryTable().table),
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
        inbox: { state: 'suppressed', why: 'goes by mail only', at: iso(start) },
        mail: expect.objectContaining({
          state: 'sent',
          messageId: 'ses-1',
          at: iso(start),
          attempts: 1,
          why: null,
        }),
        message: welcome,
        userId: userOf('ana'),
        workspaceId: null,
        version: 2,
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
    expect(worker.only()?.mail).toMatchObject({
      state: 'claimed',
      attempts: 1,
      claimedUntil: iso(start + 60 * second),
    })
    worker.clock.now = start + 60 * second - 1
    expect(await worker.send()).toBe(false)
    expect(worker.mails).toEqual([])
    worker.clock.now = start + 60 * second
    expect(await worker.send()).toBe(true)
    expect(worker.only()?.mail).toMatchObject({ state: 'sent', attempts: 2 })
    expect(worker.mails).toHaveLength(1)
  })

  test('what the service refuses for good has failed, and is not tried again', async () => {
    const worker = startWorker(failing(new Undeliverable('no such mailbox')))
    expect(await worker.send()).toBe(true)
    expect(worker.only()?.mail).toMatchObject({
      state: 'failed',
      why: 'refused by the mail service',
      messageId: null,
    })
    const second = startWorker({ ledger: worker.world.ledger })
    expect(await second.send()).toBe(true)
    expect(second.mails).toEqual([])
  })

  test('what is not to be told any more is suppressed, with the reason, for good', async () => {
    const worker = startWorker({ facts: factsOf({ people: [] }) })
    expect(await worker.send()).toBe(true)
    const why = 'the account is not open'
    expect(worker.only()).toMatchObject({
      inbox: { state: 'suppressed', why },
      mail: { state: 'suppressed', why, messageId: null },
    })
    const late = startWorker({ ledger: worker.world.ledger })
    expect(await late.send()).toBe(true)
    expect(late.mails).toEqual([])
  })

  test('is not suppressed under an attempt that is under way', async () => {
    const { ledger, only } = memoryLedger()
    const claim = { state: 'claimed', claim: 'other', claimedUntil: iso(start + 1) } as const
    const row: LedgerRow = withMail(newRow(welcome, null, iso(start)), claim, iso(start))
    await ledger.write(row)
    const worker = startWorker({ ledger, facts: factsOf({ people: [] }) })
    expect(await worker.send()).toBe(false)
    expect(only()).toEqual(row)
  })

  test('a claim whose answer got lost on the way is still ours', async () => {
    const { ledger, only } = memoryLedger()
    let answers = 0
    const deaf: SendWorld['ledger'] = {
      ...ledger,
      write: async (row) => {
        const result = await ledger.write(row)
        // The client's own second attempt meets what its first one wrote.
        answers += 1
        return answers === 1 ? { won: false, present: row } : result
      },
    }
    const worker = startWorker({ ledger: deaf })
    expect(await worker.send()).toBe(true)
    expect(worker.mails).toHaveLength(1)
    expect(only()?.mail).toMatchObject({ state: 'sent' })
  })

  test('what the person does with the entry while the mail is under way stands, and the mail is settled', async () => {
    const { ledger, only, rows } = memoryLedger()
    const readAt = iso(start + 1)
    const worker = startWorker({
      ledger,
      mailer: {
        send: async () => {
          const row = only() as LedgerRow
          rows.set(row.id, { ...row, readAt, version: row.version + 1 })
          return 'ses-1'
        },
      },
    })
    expect(await worker.send()).toBe(true)
    expect(only()).toMatchObject({ readAt, version: 3, mail: { state: 'sent', messageId: 'ses-1' } })
    expect(only()?.story.map(({ state }) => state)).toEqual(['suppressed', 'claimed', 'sent'])
  })
})

interface Prepared {
  readonly assigned: NoticeMessage
  readonly worker: ReturnType<typeof startWorker>
}

/** Leaves a notice as a worker does that is cut off before it comes to its mail, which leaves without it. */
const missingItsMail = async ({ assigned, worker: { world } }: Prepared): Promise<void> => {
  const dueAt = iso(start + 60 * second)
  const row = newRow(assigned, null, iso(start))
  await world.ledger.write(withMail(row, { state: 'scheduled', dueAt, why: 'quiet hours' }, iso(start)))
  const place = { workspaceId, userId: userOf('ana'), at: dueAt }
  await world.waiting.add(place, 'ntf_other')
  const mail = await world.waiting.mail(place)
  if (mail !== undefined) await world.waiting.write({ ...mail, stage: stages.done, version: 2 })
}

describe('a notice in a workspace', () => {
  const mailed = async (own: OwnPreferences, at = start, prepare = async (_: Prepared) => {}) => {
    const preferences = [{ workspaceId, userId: userOf('ana'), own, updatedAt: iso(start), version: 1 }]
    const task = aTask({ assigneeIds: [userOf('ana')] })
    const facts = factsOf({
      ...{
        people: [aPerson()],
        members: [aMember()],
        workspaces: [aWorkspace()],
        tasks: [task],
        preferences,
      },
    })
    const worker = startWorker({ facts })
    worker.clock.now = at
    const assigned: NoticeMessage = {
      ...{ kind: 'assigned', workspaceId, taskId: task.id, userId: userOf('ana') },
      ...{ by: userOf('owner'), version: 1, at: iso(start) },
    }
    await prepare({ assigned, worker })
    expect(await sendNotice(assigned, worker.world)).toBe(true)
    return { mails: worker.mails.length, row: worker.only() }
  }

  test('stands in the inbox, and goes by mail', async () => {
    const { mails, row } = await mailed({})
    expect(mails).toBe(1)
    expect(row).toMatchObject({ inbox: { state: 'delivered', why: null }, mail: { state: 'sent' } })
  })

  test('goes by no mail that the person does not want, and stands in the inbox', async () => {
    const { mails, row } = await mailed({ kinds: { assigned: { mail: false } } })
    expect(mails).toBe(0)
    expect(row).toMatchObject({
      inbox: { state: 'delivered' },
      mail: { state: 'suppressed', why: 'switched off in the preferences' },
    })
  })

  test('leaves a trace where the person wants it nowhere: nothing is found by accident again', async () => {
    const { mails, row } = await mailed({ kinds: { assigned: { mail: false, inbox: false } } })
    expect(mails).toBe(0)
    expect(row).toMatchObject({ inbox: { state: 'suppressed' }, mail: { state: 'suppressed' } })
  })

  test('goes by the preferences of the project of its task', async () => {
    const { mails } = await mailed({
      kinds: { assigned: { mail: false } },
      projects: { [projectId]: { assigned: { mail: true } } },
    })
    expect(mails).toBe(1)
  })

  test('that came to its mail too late leaves by itself, unless mails have been switched off meanwhile', async () => {
    const late = start + 61 * second
    expect((await mailed({}, late, missingItsMail)).mails).toBe(1)
    const { mails, row } = await mailed({ kinds: { assigned: { mail: false } } }, late, missingItsMail)
    expect(mails).toBe(0)
    expect(row?.mail).toMatchObject({ state: 'suppressed', why: 'switched off in the preferences' })
  })

  test('whose mail waits is not mailed again once it was put into the archive', async () => {
    const { mails, row } = await mailed({}, start + 61 * second, async (prepared) => {
      await missingItsMail(prepared)
      const { rows, only } = prepared.worker
      const present = only() as LedgerRow
      rows.set(present.id, { ...present, archivedAt: iso(start), version: present.version + 1 })
    })
    expect(mails).toBe(0)
    expect(row?.mail).toMatchObject({ state: 'suppressed', why: 'read in the inbox' })
  })
})
