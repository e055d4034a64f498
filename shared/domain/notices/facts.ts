import type { NoticeAbout, NoticeKind } from '../../api/schemas/notice.ts'
import type { MailNotice, Recipient } from '../../mail/notice.ts'
import type { Person } from '../account/person.ts'
import type { Groups } from '../groups/ports.ts'
import type { AllStores } from '../ports.ts'
import type { Inbox } from './ledger.ts'
import type { PreferencesStore } from './preferences.ts'

/** Where the facts of a notice are read, at the moment it is sent. */
export type Facts = Pick<AllStores, 'people' | 'workspaces' | 'projects' | 'tasks' | 'comments'> & {
  readonly groups: Pick<Groups, 'places'>
  readonly preferences: Pick<PreferencesStore, 'preferences'>
  readonly inbox: Pick<Inbox, 'page'>
}

export type Verdict =
  | { readonly send: true; readonly notice: MailNotice; readonly recipient: Recipient }
  | { readonly send: false; readonly why: string }

/** Why somebody is not told. */
export const no = (why: string): Verdict => ({ send: false, why })

/** Looks again at what a message tells, as everything stands at the moment of sending. */
export type Judge<Kind extends NoticeKind> = (
  message: NoticeAbout<Kind>,
  facts: Facts,
  now: string,
) => Promise<Verdict>

export const recipientOf = ({ id, email, name, language, zone }: Person): Recipient => ({
  userId: id,
  address: email,
  name,
  language,
  zone,
})

export const isActive = (person: Person | undefined): person is Person => person?.state === 'active'
