import type { NoticeMessage } from '../../api/schemas/notice.ts'
import { deal, look, type NoticeWorld, type Telling } from './deal.ts'
import { isSettled, type NoticeQueue, withMail } from './ledger.ts'

export interface TellWorld extends NoticeWorld {
  /** The queue of the mails that are to leave. */
  readonly mails: NoticeQueue
}

/**
 * First the row, with the entry of the inbox, then the queue: whatever is cut off in between finds the row, and hands
 * its mail on again. So does whoever comes second to the row: the worker of mails looks at it anyway.
 */
const handOn = async ({ row }: Telling, { ledger, mails, now }: TellWorld): Promise<boolean> => {
  const written = await ledger.write(withMail(row, { state: 'scheduled' }, now()))
  if (!written.won && written.present === undefined) return false
  await mails.send([row.message])
  return true
}

/**
 * Tells one person one thing, once: looks whether they should be told, puts it into the inbox, and hands its mail on or
 * lets it wait, each as they prefer, in the one row of the notice. Returns `false` when something was in the way: to be
 * tried again later.
 */
export const tellNotice = async (message: NoticeMessage, world: TellWorld): Promise<boolean> => {
  const known = await look(message, world)
  const { seen } = known
  if (seen !== undefined && isSettled(seen)) return true
  if (seen !== undefined && seen.mail.dueAt === null) {
    await world.mails.send([message])
    return true
  }
  return deal(known, (telling) => handOn(telling, world), world)
}
