import { describe, expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { verdictOn } from '../../../../shared/domain/notices/verdict.ts'
import {
  aMember,
  anInvitation,
  aPerson,
  aTask,
  aWorkspace,
  idOf,
  iso,
  minutes,
  start,
  userOf,
  workspaceId,
} from '../support/builders.ts'
import { factsOf, type Known } from '../support/pipelineFakes.ts'

const ana = userOf('ana')
const reminder = {
  id: idOf('reminder', 'one'),
  userId: null,
  dateTime: minutes(30).slice(0, 16),
  zone: 'UTC',
}
const task = aTask({ assigneeIds: [ana], reminders: [reminder] })
const inviter = aMember({ userId: userOf('owner'), role: 'admin' })
const known = {
  people: [aPerson()],
  members: [aMember(), inviter],
  tasks: [task],
  workspaces: [aWorkspace()],
}

const common = { workspaceId, taskId: task.id, userId: ana } as const
const assigned: NoticeMessage = { kind: 'assigned', ...common, by: userOf('ben'), version: 1, at: minutes(0) }
const reminding: NoticeMessage = { kind: 'reminder', ...common, reminderId: reminder.id, at: minutes(30) }
const welcome: NoticeMessage = { kind: 'welcome', userId: ana, at: minutes(0) }
const mfa: NoticeMessage = {
  kind: 'mfa',
  userId: ana,
  change: 'disabled',
  version: 4,
  at: minutes(1),
  codesLeft: 0,
}
const invited: NoticeMessage = {
  kind: 'invited',
  workspaceId,
  invitationId: anInvitation().id,
  at: minutes(0),
}

const verdict = (message: NoticeMessage, changes: Known = {}, now = minutes(30)) =>
  verdictOn(message, factsOf({ ...known, ...changes }), now)

describe('what is still to be told', () => {
  test('names the task as it stands, and the person in their language', async () => {
    expect(await verdict(assigned)).toMatchObject({
      send: true,
      recipient: { address: 'ana@example.com', name: 'Ana', language: 'es', zone: 'Europe/Madrid' },
      notice: { kind: 'assigned', task: { key: 'OPS-1', title: 'Pay rent', workspaceName: 'Acme' } },
    })
    expect(await verdict(reminding)).toMatchObject({
      send: true,
      notice: { remindAt: minutes(30), late: false },
    })
    expect(await verdict(welcome)).toMatchObject({ send: true, notice: { kind: 'welcome' } })
    expect(await verdict(mfa)).toMatchObject({ send: true, notice: { change: 'disabled', codesLeft: 0 } })
    expect(await verdict(invited, { invitations: [anInvitation()] })).toMatchObject({
      send: true,
      recipient: { address: 'ana@example.com' },
    })
  })

  test('a reminder is late once more than ninety seconds have passed', async () => {
    const past = (ms: number) => iso(start + 30 * 60_000 + ms)
    expect(await verdict(reminding, {}, past(90_000))).toMatchObject({ notice: { late: false } })
    expect(await verdict(reminding, {}, past(90_001))).toMatchObject({ notice: { late: true } })
  })
})

describe('what is not to be told any more', () => {
  const cases: [string, NoticeMessage, Known][] = [
    ['the task is purged', assigned, { tasks: [] }],
    ['the task is in the trash', reminding, { tasks: [{ ...task, trashedAt: iso(start) }] }],
    ['the task was assigned and is in the trash', assigned, { tasks: [{ ...task, trashedAt: iso(start) }] }],
    ['the workspace is gone', assigned, { workspaces: [] }],
    ['the account is gone', assigned, { people: [] }],
    ['the account is not confirmed', assigned, { people: [aPerson({ state: 'unconfirmed' })] }],
    ['the person has left the workspace', assigned, { members: [] }],
    ['the person has left before a reminder', reminding, { members: [] }],
    ['the person is unassigned', assigned, { tasks: [{ ...task, assigneeIds: [] }] }],
    [
      'a guest is unassigned',
      reminding,
      { members: [aMember({ role: 'guest' })], tasks: [{ ...task, assigneeIds: [] }] },
    ],
    [
      'a guest with a reminder of their own is unassigned',
      reminding,
      {
        members: [aMember({ role: 'guest' })],
        tasks: [{ ...task, assigneeIds: [], reminders: [{ ...reminder, userId: ana }] }],
      },
    ],
    ['somebody else is reminded now', reminding, { tasks: [{ ...task, assigneeIds: [userOf('ben')] }] }],
    ['the reminder is gone', reminding, { tasks: [{ ...task, reminders: [] }] }],
    [
      'the reminder was moved',
      reminding,
      { tasks: [{ ...task, reminders: [{ ...reminder, dateTime: minutes(31).slice(0, 16) }] }] },
    ],
    [
      'the reminder is another person’s own now',
      reminding,
      { tasks: [{ ...task, reminders: [{ ...reminder, userId: userOf('ben') }] }] },
    ],
    ['the task is done', reminding, { tasks: [{ ...task, status: 'done' }] }],
    ['the task is cancelled', reminding, { tasks: [{ ...task, status: 'cancelled' }] }],
    ['the account to welcome is gone', welcome, { people: [] }],
    ['the account whose second factor changed is gone', mfa, { people: [] }],
    ['the invitation is gone', invited, { invitations: [] }],
    ['the invitation is accepted', invited, { invitations: [anInvitation({ acceptedAt: iso(start) })] }],
    ['the invitation has just expired', invited, { invitations: [anInvitation({ expiresAt: minutes(30) })] }],
    ['the inviter is gone', invited, { invitations: [anInvitation()], members: [] }],
    [
      'the inviter may invite no more',
      invited,
      { invitations: [anInvitation()], members: [{ ...inviter, role: 'manager' }] },
    ],
    ['the inviting workspace is gone', invited, { invitations: [anInvitation()], workspaces: [] }],
  ]
  test.each(cases)('%s', async (_name, message, changes) => {
    const { send, ...rest } = await verdict(message, changes)
    expect(send).toBe(false)
    expect(rest).toEqual({ why: expect.stringMatching(/^the /) })
  })

  test('an assignment is told although the task is done: it happened', async () => {
    expect(await verdict(assigned, { tasks: [{ ...task, status: 'done' }] })).toMatchObject({ send: true })
  })

  test('a guest is told of what is theirs', async () => {
    expect(await verdict(assigned, { members: [aMember({ role: 'guest' })] })).toMatchObject({ send: true })
  })
})
