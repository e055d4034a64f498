import type { WaitingIndex, WaitingMail, WaitingMails } from '../../domain/notices/waiting.ts'
import { stages } from '../../domain/notices/waiting.ts'
import { daysAfter } from '../../domain/time/daysAfter.ts'
import { after, codec, ttlOf, written } from '../codec.ts'
import { timeShards, waitingMailKey } from '../keys.ts'
import type { Item, Table } from '../tablePort.ts'
import { dueItems, timedAttributes } from './timed.ts'

/** Notices in one mail. The next one leaves a millisecond later, by itself. */
const mostTogether = 500
/** For as long as a message may lie among the dead letters and be put back. */
const keptDays = 30

type Stored = Omit<WaitingMail, 'noticeIds'> & { readonly noticeIds: ReadonlySet<string> }

const lasting = ({ at }: Pick<WaitingMail, 'at'>) => ({ ttl: ttlOf(daysAfter(at, keptDays)) })

const mails = codec<Stored>(
  'waitingMail',
  ({ workspaceId, userId, at }) => waitingMailKey(workspaceId, userId, at),
  lasting,
)
const decode = (item: Record<string, unknown>): WaitingMail => {
  const stored = mails.decode(item)
  return { ...stored, noticeIds: [...stored.noticeIds].sort() }
}
const encode = (mail: WaitingMail): Item => mails.encode({ ...mail, noticeIds: new Set(mail.noticeIds) })

export const waitingStore = (table: Table): WaitingMails => ({
  mail: async ({ workspaceId, userId, at }) => {
    const item = await table.get(waitingMailKey(workspaceId, userId, at))
    return item && decode(item)
  },
  add: ({ workspaceId, userId, at }, noticeId) => {
    const key = waitingMailKey(workspaceId, userId, at)
    const set = {
      ...{ itemType: 'waitingMail', workspaceId, userId, at, stage: stages.open },
      ...lasting({ at }),
      ...timedAttributes('OUT', at, key.PK),
    }
    const add = { version: 1, added: 1, noticeIds: new Set([noticeId]) }
    const most = { stage: stages.open, added: mostTogether - 1 }
    return written(table.update(key, { set, add }, { absentOrAtMost: most }), decode)
  },
  // Whatever is written after it has been opened lies in the time index no more.
  write: (next) => written(table.put(encode(next), after(next)), decode),
})

export const waitingIndex = (table: Table): WaitingIndex => ({
  shards: timeShards('OUT'),
  due: async (shard, now, behind) => {
    const { items, next } = await dueItems(table, shard, now, behind)
    // The index trails the table.
    return { items: items.filter(({ reminderKey }) => reminderKey !== undefined).map(decode), next }
  },
  handedOn: async ({ workspaceId, userId, at, version }) => {
    const change = { remove: ['reminderShard', 'reminderKey'] }
    await table.update(waitingMailKey(workspaceId, userId, at), change, { equals: { version } })
  },
})
