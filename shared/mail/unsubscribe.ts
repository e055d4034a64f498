import { seal, unseal } from '../http/seal.ts'
import { workspaceOf } from './headers.ts'
import type { MailNotice, MailSettings, Recipient } from './notice.ts'
import { type MailTopic, mailTopics, topicOf } from './topics.ts'

/** Who wants no mails of which sort any more. */
export interface Unsubscription {
  readonly userId: string
  readonly workspaceId: string
  readonly topic: MailTopic
}

/** Apart from whatever else the deployment's key seals: such a token signs nobody in and lists nothing. */
const context = 'unsubscribe'

/** Good for as long as the key is: mails are read late, and switching off what is off does no harm. */
export const unsubscribeToken = (key: string, { userId, workspaceId, topic }: Unsubscription): string =>
  seal(key, context, [userId, workspaceId, topic].join(' '))

/** What a token stands for; `undefined` for one that is not ours. */
export function readUnsubscribeToken(key: string, token: string): Unsubscription | undefined {
  const [userId, workspaceId, name] = unseal(key, context, token)?.split(' ') ?? []
  const topic = mailTopics.find((known) => known === name)
  return userId && workspaceId && topic ? { userId, workspaceId, topic } : undefined
}

/** Address by which the recipient stops mails like this one; none for mails that no preference governs. */
export function unsubscribeUrl(
  notice: MailNotice,
  { userId }: Recipient,
  { publicUrl, unsubscribeKey }: MailSettings,
): string | undefined {
  const topic = topicOf(notice)
  const workspaceId = workspaceOf(notice)
  if (userId === undefined || workspaceId === undefined || topic === null) return undefined
  return `${publicUrl}/v1/unsubscribe/${unsubscribeToken(unsubscribeKey, { userId, workspaceId, topic })}`
}
