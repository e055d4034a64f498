import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import type { OwnPreferences } from '../../../../shared/api/schemas/preferences.ts'
import { waitingStore } from '../../../../shared/data/stores/waiting.ts'
import type { LedgerRow } from '../../../../shared/domain/notices/ledger.ts'
import { type SendWorld, sendNotice } from '../../../../shared/domain/notices/send.ts'
import { type TellWorld, tellNotice } from '../../../../shared/domain/notices/tell.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { aMember, aPerson, aTask, aWorkspace, iso, start, userOf, workspaceId } from '../support/builders.ts'
import { factsOf, memoryLedger } from '../support/pipelineFakes.ts'

const task = aTask({ assigneeIds: [userOf('ana')] })
const assigned: NoticeMessage = {
  ...{ kind: 'assigned', workspaceId, taskId: task.id, userId: userOf('ana') },
  ...{ by: userOf('owner'), version: 1, at: iso(start) },
}

/** Both workers over a ledger in memory, with the queue between them. */
const startWorkers = (own: OwnPreferences = {}, people = [aPerson()]) => {
  const { ledger, only, rows } = memoryLedger()
  const [handed, mails]: [NoticeMessage[], string[]] = [[], []]
  const preferences = [{ workspaceId, userId: userOf('ana'), own, updatedAt: iso(start), version: 1 }]
  const teller: TellWorld = {
    facts: factsOf({
      ...{ people, preferences, tasks: [task], members: [aMember()], workspaces: [aWorkspace()] },
    }),
    ledger,
    waiting: waitingStore(memoryTable().table),
    mails: { send: async (some) => void handed.push(...some) },
    now: () => iso(start),
  }
  const mailer = { send: async ({ id }: { id: string }) => `ses-${mails.push(id)}` }
  const sender: SendWorld = { ...teller, mailer, newClaim: () => 'claim' }
  return {
    ...{ ledger, only, rows, handed, mails, teller },
    tell: (over: Partial<TellWorld> = {}) => tellNotice(assigned, { ...teller, ...over }),
    mail: () => sendNotice(assigned, sender),
  }
}
const broken = {
  mails: {
    send: async () => {
      throw new Error('no queue')
    },
  },
}

describe('telling a notice', () => {
  test('puts it into the inbox and hands its mail on; the worker of mails sends it once', async () => {
    const { tell, mail, only, handed, mails } = startWorkers()
    expect(await tell()).toBe(true)
    expect(only()).toMatchObject({
      inbox: { state: 'delivered' },
      mail: { state: 'scheduled', dueAt: null, attempts: 0 },
      version: 1,
    })
    expect(handed).toEqual([assigned])
    expect(mails).toEqual([])
    for (let n = 0; n < 2; n++) expect(await mail()).toBe(true)
    expect(mails).toHaveLength(1)
    expect(only()?.mail.state).toBe('sent')
    expect(only()?.story.map(({ state }) => state)).toEqual(['delivered', 'scheduled', 'claimed', 'sent'])
  })

  test('hands a mail on again whose first message got lost behind the row, until it is settled', async () => {
    const { tell, mail, only, handed } = startWorkers()
    await expect(tell(broken)).rejects.toThrow('no queue')
    expect(only()?.mail.state).toBe('scheduled')
    expect(await tell()).toBe(true)
    expect(await tell()).toBe(true)
    expect(handed).toEqual([assigned, assigned])
    await mail()
    expect(await tell()).toBe(true)
    expect(handed).toHaveLength(2)
  })

  test('is not done before the queue has the mail, also for whoever came second to the row', async () => {
    const { tell, teller, handed } = startWorkers()
    const unseen = { ...teller.ledger, row: async () => undefined }
    await expect(tell(broken)).rejects.toThrow('no queue')
    await expect(tell({ ...broken, ledger: unseen })).rejects.toThrow('no queue')
    expect(await tell({ ledger: unseen })).toBe(true)
    expect(handed).toEqual([assigned])
  })

  test('hands on a mail that another attempt holds: that one may have died', async () => {
    const { tell, mail, only, handed, rows } = startWorkers()
    await tell()
    await mail()
    const row = only() as LedgerRow
    const held = { ...row.mail, state: 'claimed' as const, claimedUntil: iso(start + 1) }
    rows.set(row.id, { ...row, mail: held })
    expect(await tell()).toBe(true)
    expect(handed).toHaveLength(2)
  })

  test.each([
    ['nobody who may be told', {}, [], { state: 'suppressed', why: 'the account is not open' }],
    [
      'nobody who wants a mail',
      { kinds: { assigned: { mail: false } } },
      [aPerson()],
      { state: 'suppressed' },
    ],
    ['a window to wait for', { mailWindow: 'hourly' }, [aPerson()], { state: 'scheduled' }],
  ] as const)('hands no mail on where there is %s', async (_, own, people, mail) => {
    const { tell, only, handed } = startWorkers(own, [...people])
    for (let n = 0; n < 2; n++) expect(await tell()).toBe(true)
    expect(handed).toEqual([])
    expect(only()?.mail).toMatchObject(mail)
  })

  test('sends no mail about what was read in the inbox before the mail left', async () => {
    const { tell, mail, only, mails, rows } = startWorkers()
    await tell()
    const row = only() as LedgerRow
    rows.set(row.id, { ...row, readAt: iso(start), version: row.version + 1 })
    expect(await mail()).toBe(true)
    expect(mails).toEqual([])
    expect(only()?.mail).toMatchObject({ state: 'suppressed', why: 'read in the inbox' })
  })
})
