import type { NoticeMessage } from '../../../shared/api/schemas/notice.ts'
import { ledgerStore } from '../../../shared/data/stores/ledger.ts'
import { type LedgerRow, newRow, withMail } from '../../../shared/domain/notices/ledger.ts'
import { unsubscribeToken } from '../../../shared/mail/unsubscribe.ts'
import type { Someone } from '../app.ts'
import type { OrdinaryCalls } from './call.ts'
import { groupOf } from './groupCalls.ts'
import type { Team } from './team.ts'

/** Puts notices of a task into an inbox, as the worker leaves them; the newest is the last. */
export const tell = async (
  { app, workspaceId, longLived, owner, colleagues }: Team,
  { userId }: Someone,
  count: number,
): Promise<LedgerRow[]> => {
  const ledger = ledgerStore(app.table)
  const rows = Array.from({ length: count }, (_, n) => {
    const now = new Date(app.clock.now - (count - n) * 60_000).toISOString()
    const message: NoticeMessage = {
      ...{ kind: 'assigned', workspaceId, taskId: longLived.id, userId, version: n + 1, at: now },
      by: (colleagues[0] ?? owner).userId,
    }
    return withMail(newRow(message, null, now), { state: 'sent', messageId: 'ses' }, now)
  })
  await Promise.all(rows.map((row) => ledger.write(row)))
  return rows
}

const one = async (team: Team) => {
  const [row] = await tell(team, team.owner, 1)
  return { workspaceId: team.workspaceId, notificationId: String(row?.id) }
}

/** Somebody who has a few notices, and no others. */
const newcomer = async (team: Team, notices: number): Promise<Someone> => {
  const who = await team.app.person('Nina Newcomer')
  await team.app.join(who, team.workspaceId, 'member')
  await tell(team, who, notices)
  return who
}

/** The link in a mail to somebody who has chosen nothing yet. */
const linkOf = async (team: Team) => {
  const { userId } = await newcomer(team, 0)
  const { workspaceId } = team
  return {
    token: unsubscribeToken(team.app.settings.cursorKey, {
      userId,
      workspaceId,
      topic: 'assigned',
      language: 'en',
    }),
  }
}

const choices = ({ projectId }: Team) => ({
  kinds: { status: { mail: true }, commented: { mail: false } },
  projects: { [projectId]: { commented: { mail: true } } },
  mailWindow: 'hourly',
  quietHours: { from: '20:00', to: '07:30' },
  digest: { weekly: false, hour: 7 },
})

export const notificationCalls: OrdinaryCalls = {
  // Of somebody else than those of other calls, who is in two groups and has more than a page of open tasks.
  listReminders: async (team) => {
    const who = team.colleagues[1] as Someone
    for (const _ of [1, 2]) await groupOf(team, [who])
    return { who, request: { params: { workspaceId: team.workspaceId }, query: { limit: '50' } } }
  },
  listNotifications: async (team) => ({
    who: await newcomer(team, 55),
    request: { params: { workspaceId: team.workspaceId } },
  }),
  getNotification: async (team) => ({ who: team.owner, request: { params: await one(team) } }),
  editNotification: async (team) => ({
    who: team.owner,
    request: { params: await one(team), body: { read: true } },
  }),
  markNotificationsRead: async (team) => ({
    who: await newcomer(team, 5),
    request: {
      params: { workspaceId: team.workspaceId },
      body: { before: new Date(team.app.clock.now).toISOString() },
    },
  }),
  previewNotifications: async ({ owner, colleagues, workspaceId, longLived }) => {
    const assigneeIds = colleagues.slice(2, 4).map(({ userId }) => userId)
    return {
      who: owner,
      request: { params: { workspaceId }, body: { taskId: longLived.id, patch: { assigneeIds } } },
    }
  },
  unsubscribe: async (team) => ({ request: { params: await linkOf(team) } }),
  getNotificationPreferences: async ({ owner, workspaceId }) => ({
    who: owner,
    request: { params: { workspaceId } },
  }),
  editNotificationPreferences: async (team) => ({
    who: await newcomer(team, 0),
    request: { params: { workspaceId: team.workspaceId }, body: choices(team) },
  }),
}
