import { type Language, languages } from '../api/languages.ts'
import { seal, unseal } from '../http/seal.ts'
import { workspaceOf } from './headers.ts'
import type { MailNotice, MailSettings, Recipient } from './notice.ts'
import { type MailTopic, mailTopics, topics } from './topics.ts'

/** Who wants no mails of which sort any more. */
export interface Unsubscription {
  readonly userId: string
  readonly workspaceId: string
  readonly topic: MailTopic
  /** Of the mail, and of the page that the link opens. */
  readonly language: Language
}

/** Apart from whatever else the deployment's key seals: such a token signs nobody in and lists nothing. */
const context = 'unsubscribe'

/** Good for as long as the key is: mails are read late, and switching off what is off does no harm. */
export const unsubscribeToken = (
  key: string,
  { userId, workspaceId, topic, language }: Unsubscription,
): string => seal(key, context, [userId, workspaceId, topic, language].join(' '))

/** What a token stands for; `undefined` for one that is not ours. */
export function readUnsubscribeToken(key: string, token: string): Unsubscription | undefined {
  // One spelling: what a link has done is counted by its token.
  if (Buffer.from(token, 'base64url').toString('base64url') !== token) return undefined
  const [userId, workspaceId, name, tag] = unseal(key, context, token)?.split(' ') ?? []
  const topic = mailTopics.find((known) => known === name)
  const language = languages.find((known) => known === tag)
  return userId && workspaceId && topic && language ? { userId, workspaceId, topic, language } : undefined
}

/** Address by which the recipient stops mails like this one; none for mails that no preference governs. */
export function unsubscribeUrl(
  notice: MailNotice,
  { userId, language }: Recipient,
  { publicUrl, unsubscribeKey }: MailSettings,
): string | undefined {
  const topic = topics[notice.kind]
  const workspaceId = workspaceOf(notice)
  if (userId === undefined || workspaceId === undefined || topic === null) return undefined
  return `${publicUrl}/v1/unsubscribe/${unsubscribeToken(unsubscribeKey, { userId, workspaceId, topic, language })}`
}
