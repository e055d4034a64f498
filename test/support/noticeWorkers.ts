import type { NoticeMessage } from '../../shared/api/schemas/notice.ts'
import { sendMail, sendNotification } from '../../shared/api/triggers.ts'
import type { NoticeQueue } from '../../shared/domain/notices/ledger.ts'
import { type SendWorld, sendNotice } from '../../shared/domain/notices/send.ts'
import { tellNotice } from '../../shared/domain/notices/tell.ts'
import type { App } from './app.ts'

/**
 * Both workers of notices, each with the permissions of its own: tells a notice, and sends every mail that was handed
 * on by then. What is cut off stays in the queue between them.
 * @param throughQueue puts a message into that queue, with whatever may go wrong there
 */
export const noticeWorkers = (
  { granted }: Pick<App, 'granted'>,
  world: SendWorld,
  throughQueue: (send: NoticeQueue['send']) => NoticeQueue['send'] = (send) => send,
) => {
  const handed: NoticeMessage[] = []
  const mails = { send: throughQueue(async (some) => void handed.push(...some)) }
  return async (message: NoticeMessage): Promise<boolean> => {
    const isTold = await granted.as(sendNotification, () => tellNotice(message, { ...world, mails }))
    for (let next = handed[0]; next !== undefined; next = handed[0]) {
      const present = next
      if (!(await granted.as(sendMail, () => sendNotice(present, world)))) return false
      handed.shift()
    }
    return isTold
  }
}
