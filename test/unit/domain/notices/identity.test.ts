import { expect, test } from 'vitest'
import type { NoticeMessage } from '../../../../shared/api/schemas/notice.ts'
import { noticeIdOf } from '../../../../shared/domain/notices/identity.ts'
import { idOf, minutes, userOf, workspaceId } from '../support/builders.ts'

const at = minutes(3)
const taskId = idOf('task', 'one')
const userId = userOf('ana')
const reminderId = idOf('reminder', 'one')
const mfa = { kind: 'mfa', userId, change: 'enabled', version: 3, at: minutes(1), codesLeft: 10 } as const
const all: NoticeMessage[] = [
  { kind: 'welcome', userId, at },
  mfa,
  { kind: 'assigned', workspaceId, taskId, userId, by: userOf('ben'), version: 2, at },
  { kind: 'reminder', workspaceId, taskId, userId, reminderId, at: minutes(5) },
  { kind: 'invited', workspaceId, invitationId: idOf('invitation', 'one'), at },
  { kind: 'digest', workspaceId, userId, date: '2026-11-21', at },
  { kind: 'weekly', workspaceId, userId, date: '2026-11-21', at },
]
/** What makes each of them another notice. */
const others: NoticeMessage[] = [
  { kind: 'welcome', userId: userOf('ben'), at },
  { ...mfa, userId: userOf('ben') },
  { ...mfa, version: 4 },
  { kind: 'welcome', userId, at: minutes(4) },
  { kind: 'assigned', workspaceId, taskId, userId: userOf('cleo'), by: userOf('ben'), version: 2, at },
  { kind: 'assigned', workspaceId, taskId, userId, by: userOf('ben'), version: 3, at },
  { kind: 'assigned', workspaceId, taskId: idOf('task', 'two'), userId, by: userOf('ben'), version: 2, at },
  { kind: 'reminder', workspaceId, taskId, userId, reminderId, at: minutes(6) },
  { kind: 'reminder', workspaceId, taskId, userId: userOf('ben'), reminderId, at: minutes(5) },
  { kind: 'reminder', workspaceId, taskId, userId, reminderId: idOf('reminder', 'two'), at: minutes(5) },
  { kind: 'invited', workspaceId, invitationId: idOf('invitation', 'two'), at },
  { kind: 'invited', workspaceId: idOf('workspace', 'b'), invitationId: idOf('invitation', 'one'), at },
  { kind: 'digest', workspaceId, userId, date: '2026-11-22', at },
  { kind: 'digest', workspaceId, userId: userOf('ben'), date: '2026-11-21', at },
  { kind: 'digest', workspaceId: idOf('workspace', 'b'), userId, date: '2026-11-21', at },
  { kind: 'weekly', workspaceId, userId, date: '2026-11-28', at },
]

test('the same notice has the same id however often it is made, every other one another', () => {
  const ids = [...all, ...others].map(noticeIdOf)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...all, ...others].map((message) => noticeIdOf({ ...message }))).toEqual(ids)
  for (const id of ids) expect(id).toMatch(/^ntf_[0-9a-hjkmnp-tv-z]{26}$/)
})

test('a summary is the same one of its day at whatever hour', () => {
  for (const kind of ['digest', 'weekly'] as const) {
    const id = (hour: number) =>
      noticeIdOf({ kind, workspaceId, userId, date: '2026-11-21', at: minutes(hour * 60) })
    expect([id(1), id(26)]).toEqual([id(0), id(0)])
  }
})
