import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { waitingStore } from '../../../../shared/data/stores/waiting.ts'
import { type LedgerRow, type MailMove, newRow, withMail } from '../../../../shared/domain/notices/ledger.ts'
import type { SendWorld } from '../../../../shared/domain/notices/send.ts'
import { sendWaiting } from '../../../../shared/domain/notices/sendWaiting.ts'
import { memoryTable } from '../../data/support/memoryTable.ts'
import { aMember, aPerson, aTask, aWorkspace, iso, start, userOf, workspaceId } from '../support/builders.ts'
import { factsOf, memoryLedger } from '../support/pipelineFakes.ts'

const minute = 60_000
const userId = userOf('ana')
const at = iso(start)
const message = { kind: 'waiting', workspaceId, userId, at } as const

/**
 * Notices of two tasks that wait for one mail, whose time has come. Quiet hours were set meanwhile: they end an hour
 * later.
 */
const startWaiting = async (over: (world: SendWorld) => Partial<SendWorld> = () => ({})) => {
  const { rows, ledger } = memoryLedger()
  const clock = { now: start + minute }
  const mails: string[] = []
  const tasks = ['first', 'second'].map((id) => aTask({ id, assigneeIds: [userId] }))
  const time = (instant: number) => iso(instant).slice(11, 16)
  const quietHours = { from: time(start), to: time(start + 60 * minute) }
  const preferences = [{ workspaceId, userId, own: { quietHours }, updatedAt: at, version: 1 }]
  const known = {
    people: [aPerson({ zone: 'UTC' })],
    members: [aMember()],
    workspaces: [aWorkspace()],
    tasks,
    preferences,
  }
  const world: SendWorld = {
    ...{ facts: factsOf(known), ledger, waiting: waitingStore(memoryTable().table) },
    mailer: { send: async ({ kind }) => `${mails.push(kind)}` },
    ...{ now: () => iso(clock.now), newClaim: () => String(clock.now) },
  }
  for (const { id: taskId } of tasks) {
    const assigned: NoticeMessage = {
      ...{ kind: 'assigned', workspaceId, taskId, userId },
      ...{ by: userOf('owner'), version: 1, at },
    }
    const row = withMail(newRow(assigned, null, at), { state: 'scheduled', dueAt: at }, at)
    rows.set(row.id, row)
    await world.waiting.add({ workspaceId, userId, at }, row.id)
  }
  const spoilt = { ...world, ...over(world) }
  return {
    ...{ rows, clock, mails, first: [...rows.values()][0] as LedgerRow },
    sendSpoilt: () => sendWaiting(message, spoilt),
    send: () => sendWaiting(message, world),
    /** Ids of the notices in the mail that they were put off to. */
    later: async () =>
      (await world.waiting.mail({ workspaceId, userId, at: iso(start + 60 * minute) }))?.noticeIds,
    move: (row: LedgerRow, move: MailMove) => rows.set(row.id, withMail(row, move, at)),
    states: () => [...rows.values()].map(({ mail }) => mail.state),
  }
}
const once = () => {
  let times = 0
  return () => ++times === 1
}

describe('notices that are put off out of a mail', () => {
  test('are found again where the answer to a write got lost on the way', async () => {
    const isFirst = once()
    const waiting = await startWaiting(({ ledger }) => ({
      ledger: {
        ...ledger,
        write: async (row) => {
          const result = await ledger.write(row)
          // The client's own second attempt meets what its first one wrote.
          return isFirst() ? { won: false, present: row } : result
        },
      },
    }))
    await expect(waiting.sendSpoilt()).rejects.toThrow('a notice changed while it was put off')
    waiting.clock.now += 2 * minute
    expect(await waiting.send()).toBe(true)
    expect(await waiting.later()).toEqual([...waiting.rows.keys()].toSorted())
    expect(waiting.mails).toEqual([])
  })

  test('are put off in full although one beside them fails', async () => {
    const isFirst = once()
    const waiting = await startWaiting(({ facts, ledger }) => ({
      ledger: {
        ...ledger,
        // Slower than the failure.
        write: async (row) => {
          await setImmediate()
          return ledger.write(row)
        },
      },
      facts: {
        ...facts,
        tasks: {
          ...facts.tasks,
          task: (...key) => (isFirst() ? Promise.reject(new Error('no line')) : facts.tasks.task(...key)),
        },
      },
    }))
    await expect(waiting.sendSpoilt()).rejects.toThrow('no line')
    expect(await waiting.later()).toHaveLength(1)
  })

  test('and were being sent by themselves by an attempt that died are sent once its claim ends', async () => {
    const waiting = await startWaiting()
    waiting.clock.now = start + 90 * minute
    const claimedUntil = iso(waiting.clock.now + 2 * minute)
    waiting.move(waiting.first, { state: 'claimed', claim: 'dead', claimedUntil, attempts: 1 })
    expect(await waiting.send()).toBe(false)
    expect(waiting.mails).toEqual([])
    waiting.clock.now += 2 * minute
    expect(await waiting.send()).toBe(true)
    expect(waiting.mails).toEqual(['assigned', 'assigned'])
    expect(waiting.states()).toEqual(['sent', 'sent'])
  })
})
