import type {
  InboxState,
  NotificationPatch,
  NotificationReply,
  NotificationStory,
} from '../../api/schemas/notifications.ts'
import { edit } from '../edited.ts'
import { existing, invalidField } from '../failure.ts'
import { inParallel } from '../jobs/inParallel.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { aboutOf, type EntryWorld, entryOf, isIn } from './entry.ts'
import { type Inbox, keptDays, type LedgerRow } from './ledger.ts'

interface InboxWorld extends EntryWorld {
  readonly inbox: Inbox
}
interface InWorkspace {
  readonly workspaceId: string
}

/** Rows that are looked at for one page. Most of the inbox itself is shown. */
const readingBudget: Readonly<Record<InboxState, number>> = {
  unread: 200,
  all: 0,
  snoozed: 200,
  archived: 200,
}

type ListAsk = Ask<InWorkspace, { readonly limit: number; readonly state: InboxState }>
type Page = Awaited<ReturnType<Inbox['page']>>

export const listNotifications: UseCase<
  ListAsk,
  InboxWorld,
  Page,
  { items: NotificationReply[]; next?: string }
> = {
  load: ({ params, userId, query, position, now }, { inbox }) =>
    inbox.page({
      ...{ workspaceId: params.workspaceId, userId, limit: query.limit, before: position },
      where: (row) => isIn(query.state, row, now),
      read: readingBudget[query.state],
    }),
  run: async ({ member }, { rows, reached }, world) => ({
    body: {
      items: await Promise.all(rows.map(async (row) => entryOf(row, await aboutOf(row, member, world)))),
    },
    nextPosition: reached,
  }),
}

type OneAsk<Body = unknown> = Ask<InWorkspace & { readonly notificationId: string }, unknown, Body>

/** Whose it is stands in its key: that of somebody else is not there. */
const load = (
  { params: { workspaceId, notificationId: id }, userId }: OneAsk,
  { inbox }: InboxWorld,
): Promise<LedgerRow | undefined> => inbox.row({ workspaceId, userId, id })

export const getNotification: UseCase<OneAsk, InboxWorld, LedgerRow | undefined, NotificationStory> = {
  load,
  run: async ({ member }, loaded, world) => {
    const row = existing(loaded)
    const story = row.story.map((line) => ({ ...line }))
    return { body: { ...entryOf(row, await aboutOf(row, member, world)), story }, version: row.version }
  },
}

/** When something set at an instant is so from: since when it is, if it is. */
const since = (present: string | null, wanted: boolean | undefined, now: string): string | null => {
  if (wanted === undefined) return present
  return wanted ? (present ?? now) : null
}

const snoozeOf = ({ createdAt }: LedgerRow, until: string, now: string): string => {
  const instant = new Date(until).toISOString()
  if (instant <= now) throw invalidField('/snoozedUntil', 'must be an instant to come')
  const end = daysAfter(createdAt, keptDays)
  if (instant >= end) throw invalidField('/snoozedUntil', `must be before the notice is dropped, at ${end}`)
  return instant
}

/** The row after a patch; the very same where nothing changes. What is snoozed comes back unread. */
const patched = (row: LedgerRow, patch: NotificationPatch, now: string): LedgerRow => {
  const { snoozedUntil: wanted } = patch
  const isPutOff = wanted !== undefined && wanted !== null
  const next = {
    readAt: since(row.readAt, patch.read ?? (isPutOff ? false : undefined), now),
    archivedAt: since(row.archivedAt, patch.archived, now),
    snoozedUntil: isPutOff ? snoozeOf(row, wanted, now) : wanted === null ? null : row.snoozedUntil,
  }
  const isSame =
    next.readAt === row.readAt && next.archivedAt === row.archivedAt && next.snoozedUntil === row.snoozedUntil
  return isSame ? row : { ...row, ...next, updatedAt: now, version: row.version + 1 }
}

export const editNotification: UseCase<
  OneAsk<NotificationPatch>,
  InboxWorld,
  LedgerRow | undefined,
  NotificationReply
> = {
  load,
  run: async ({ ask, member }, loaded, world) => {
    const row = existing(loaded?.inbox.state === 'delivered' ? loaded : undefined)
    const decide = (present: LedgerRow) => patched(present, ask.body, ask.now)
    const [edited, about] = await Promise.all([
      edit(row, ask.expected, decide, world.inbox.write),
      aboutOf(row, member, world),
    ])
    return { body: entryOf(edited, about), version: edited.version }
  },
}

type MarkAsk = Ask<InWorkspace, unknown, { readonly before: string }>

/** Notices that are looked at at once, and writes under way. */
const marksPerCall = 100
const width = 20

export const markNotificationsRead: UseCase<MarkAsk, InboxWorld, Page, { next?: string }> = {
  load: ({ params, userId, body, position }, { inbox }) =>
    inbox.page({
      ...{ workspaceId: params.workspaceId, userId, before: position, until: body.before },
      // What is read already counts as well: the same request again comes as far.
      ...{ limit: marksPerCall, read: marksPerCall, where: () => true },
    }),
  run: async ({ ask }, { rows, reached }, { inbox }) => {
    const unread = rows.filter((row) => isIn('unread', row, ask.now))
    await inParallel(unread, width, (row) =>
      edit(row, undefined, (present) => patched(present, { read: true }, ask.now), inbox.write),
    )
    return { body: {}, nextPosition: reached }
  },
}
